import { afterEach, describe, expect, it, vi } from "vitest";

import type { Api } from "../../api/api";

const OLD = "https://fcm.googleapis.com/old";
const NEW = "https://fcm.googleapis.com/new";

interface Given {
  permission?: string;
  answer?: string;
  key?: string | null;
  stored?: string;
}

/** A browser, and the server's side of it. */
function browser({ permission = "default", answer = "granted", key = "BA-_", stored = "" }: Given = {}) {
  const kept = new Map(stored === "" ? [] : [["counterline.push", stored]]);
  const calls: string[] = [];
  const subscription = { endpoint: NEW, unsubscribe: () => Promise.resolve(calls.push("unsubscribe") > 0) };
  const pushManager = {
    subscribe: (options: { applicationServerKey: Uint8Array }) => {
      calls.push(`subscribe ${[...options.applicationServerKey].join()}`);
      return Promise.resolve(subscription);
    },
    getSubscription: (): Promise<{ endpoint: string } | null> => Promise.resolve(subscription),
  };
  const registration = { pushManager };
  const serviceWorker = {
    ready: Promise.resolve(registration),
    register: () => Promise.resolve(registration),
    getRegistration: () => Promise.resolve(registration),
  };
  const notification = { permission, requestPermission: () => Promise.resolve(answer) };
  vi.stubGlobal("navigator", { serviceWorker, userAgent: "Firefox" });
  vi.stubGlobal("window", { PushManager: 1, Notification: notification });
  vi.stubGlobal("Notification", notification);
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  });
  const api = {
    pushKey: () => Promise.resolve({ public_key: key }),
    addDevice: (endpoint: string) => Promise.resolve(calls.push(`add ${endpoint}`)),
    forgetDevice: (endpoint: string) => Promise.resolve(calls.push(`forget ${endpoint}`)),
  } as unknown as Api;
  return { api, calls, kept, pushManager };
}

async function loaded() {
  vi.resetModules();
  return import("./push");
}

afterEach(() => vi.unstubAllGlobals());

const known = (userId: string) => JSON.stringify({ userId, endpoint: OLD });

describe("pushes to this browser", () => {
  it("says what the browser can", async () => {
    const state = async (given: Given, userId = "ada") => {
      const { api } = browser(given);
      return (await loaded()).pushState(api, userId);
    };
    expect(await state({ key: null })).toBe("none");
    expect(await state({ permission: "denied" })).toBe("denied");
    expect(await state({})).toBe("off");
    expect(await state({ permission: "granted", stored: known("ada") })).toBe("on");
    expect(await state({ permission: "granted", stored: known("mia") })).toBe("off");
    const { api } = browser();
    vi.stubGlobal("navigator", { userAgent: "iPhone" });
    expect(await (await loaded()).pushState(api, "ada")).toBe("install");
    vi.stubGlobal("navigator", { userAgent: "Other" });
    expect(await (await loaded()).pushState(api, "ada")).toBe("unsupported");
  });

  it("is switched on for whoever allows it, and off again", async () => {
    const { api, calls, kept } = browser();
    const push = await loaded();
    expect(await push.switchOn(api, "ada")).toBe("on");
    expect(calls).toEqual(["subscribe 4,15,191", `add ${NEW}`]);
    expect(kept.get("counterline.push")).toBe(JSON.stringify({ userId: "ada", endpoint: NEW }));
    expect(await push.switchOff(api)).toBe("off");
    expect(calls.slice(2)).toEqual(["unsubscribe", `forget ${NEW}`]);
    expect(kept.get("counterline.push")).toBe("null");
  });

  it("subscribes nobody who does not allow it", async () => {
    const { api, calls } = browser({ answer: "denied" });
    expect(await (await loaded()).switchOn(api, "ada")).toBe("denied");
    expect(calls).toEqual([]);
  });

  it("tells the server of a new address, and of nothing to whom it does not belong", async () => {
    const { api, calls, kept } = browser({ permission: "granted", stored: known("ada") });
    const push = await loaded();
    await push.renew(api, "mia");
    expect(calls).toEqual([]);
    await push.renew(api, "ada");
    expect(calls).toEqual([`add ${NEW}`, `forget ${OLD}`]);
    expect(kept.get("counterline.push")).toContain(NEW);
  });

  it("is off where the browser has dropped its subscription", async () => {
    const { api, kept, pushManager } = browser({ permission: "granted", stored: known("ada") });
    pushManager.getSubscription = () => Promise.resolve(null);
    await (await loaded()).renew(api, "ada");
    expect(kept.get("counterline.push")).toBe("null");
  });
});
