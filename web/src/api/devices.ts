import type { Http } from "./http";
import type { PushKey, ReminderView } from "./types";

const reminder = (id: string) => `/reminders/${encodeURIComponent(id)}`;

/** The end of reminders, and browsers that are woken when one is due. */
export const devices = (http: Http) => ({
  endReminder: (id: string) => http.send<undefined>("DELETE", reminder(id)),
  restoreReminder: (id: string) => http.send<ReminderView>("POST", `${reminder(id)}/restore`),
  pushKey: () => http.send<PushKey>("GET", "/me/push"),
  addDevice: (endpoint: string) => http.send<undefined>("PUT", "/me/push", { body: { endpoint } }),
  forgetDevice: (endpoint: string) => http.send<undefined>("POST", "/me/push/forget", { body: { endpoint } }),
});
