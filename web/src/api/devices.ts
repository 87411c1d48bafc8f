import type { Http } from "./http";
import type { PushKey } from "./types";

/** Browsers that are woken when something is due. */
export const devices = (http: Http) => ({
  pushKey: () => http.send<PushKey>("GET", "/me/push"),
  addDevice: (endpoint: string) => http.send<undefined>("PUT", "/me/push", { body: { endpoint } }),
  forgetDevice: (endpoint: string) => http.send<undefined>("POST", "/me/push/forget", { body: { endpoint } }),
});
