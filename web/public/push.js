// Says that a reminder is due while the app is closed. What is due only the app says, to whoever is signed in there.
const shown = { body: "A reminder is due", tag: "counterline.due", icon: "/icon.svg", renotify: true };

self.addEventListener("push", (event) => {
  event.waitUntil(self.registration.showNotification("Counterline", shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openApp());
});

// The app stores the new address when it is opened next.
self.addEventListener("pushsubscriptionchange", (event) => {
  const { oldSubscription, newSubscription } = event;
  if (newSubscription || !oldSubscription) return;
  event.waitUntil(self.registration.pushManager.subscribe(oldSubscription.options));
});

async function openApp() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const ours = pages.find((page) => new URL(page.url).pathname === "/");
  if (ours) await ours.focus();
  else await self.clients.openWindow("/");
}
