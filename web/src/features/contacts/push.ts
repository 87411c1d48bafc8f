import type { Api } from "../../api/api";
import { pushed } from "../../outbox/pushed";

/** `install`: a phone of Apple's, where only pages on the home screen may. `none`: the installation wakes no browsers. */
export type PushState = "none" | "unsupported" | "install" | "denied" | "off" | "on";

const WORKER = "/push.js";
const BYTES = /[-_]/g;

/** What this browser can, and does for this associate. */
export async function pushState(api: Api, userId: string): Promise<PushState> {
  const { public_key } = await api.pushKey();
  if (public_key === null) return "none";
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window))
    return /iPhone|iPad/.test(navigator.userAgent) ? "install" : "unsupported";
  if (Notification.permission === "denied") return "denied";
  return Notification.permission === "granted" && pushed.get()?.userId === userId ? "on" : "off";
}

/** Asks for permission, by a click. */
export async function switchOn(api: Api, userId: string): Promise<PushState> {
  const { public_key } = await api.pushKey();
  if (public_key === null) return "none";
  const answer = await Notification.requestPermission();
  if (answer !== "granted") return answer === "denied" ? "denied" : "off";
  await navigator.serviceWorker.register(WORKER);
  const { pushManager } = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: bytesOf(public_key) };
  const { endpoint } = await pushManager.subscribe(options);
  await api.addDevice(endpoint);
  pushed.set({ userId, endpoint });
  return "on";
}

/** Nobody can wake this browser any more, whether or not the server hears of it. */
export async function switchOff(api: Api): Promise<PushState> {
  const known = pushed.get();
  pushed.set(null);
  const subscription = await subscriptionHere();
  await Promise.all([subscription?.unsubscribe(), known && api.forgetDevice(known.endpoint)]);
  return "off";
}

/** Browsers change their address now and then, and are forgotten where one has not been reached. */
export async function renew(api: Api, userId: string): Promise<void> {
  const known = pushed.get();
  if (known === null || known.userId !== userId || Notification.permission !== "granted") return;
  const endpoint = (await subscriptionHere())?.endpoint;
  if (endpoint === undefined) {
    pushed.set(null);
  } else {
    await api.addDevice(endpoint);
    if (endpoint !== known.endpoint) await api.forgetDevice(known.endpoint);
    pushed.set({ userId, endpoint });
  }
}

async function subscriptionHere(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration(WORKER);
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** Of URL-safe base64. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(BYTES, (sign) => (sign === "-" ? "+" : "/")));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}
