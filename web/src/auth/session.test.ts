import { describe, expect, it } from "vitest";

import { MemoryStorage } from "../testing/memoryStorage";
import { AuthError, type Grant } from "./cognito";
import { Session } from "./session";
import { TokenStore } from "./tokenStore";

const token = (sub: string, serial: number) => `h.${btoa(JSON.stringify({ sub, serial }))}.s`;

class Pool {
  refreshes = 0;
  revoked: string[] = [];
  failure: AuthError | null = null;
  challenge = false;

  grant(refreshToken: string | null): Grant {
    return { idToken: token("ada", this.refreshes), refreshToken, expiresIn: 3600 };
  }

  signIn = (email: string, password: string) => {
    if (password !== "right") return Promise.reject(new AuthError("NotAuthorizedException"));
    if (this.challenge) return Promise.resolve({ challenge: { username: email, session: "s" } });
    return Promise.resolve({ grant: this.grant("r1") });
  };
  setNewPassword = () => Promise.resolve(this.grant("r1"));
  refresh = () => {
    this.refreshes += 1;
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(this.grant(null));
  };
  revoke = (refreshToken: string) => {
    this.revoked.push(refreshToken);
    return Promise.resolve();
  };
}

function setUp() {
  const tab = new MemoryStorage();
  const device = new MemoryStorage();
  const clock = { now: 0 };
  const pool = new Pool();
  const session = () => new Session(pool, new TokenStore(tab, device), () => clock.now);
  return { tab, device, clock, pool, session };
}

describe("signing in", () => {
  it("keeps the refresh token for the tab, and for the device only when asked to", async () => {
    const { session, tab, device } = setUp();
    await session().signIn("ada@x", "right", false);
    expect([tab.length, device.length]).toEqual([1, 0]);
    await session().signIn("ada@x", "right", true);
    expect([tab.length, device.length]).toEqual([0, 1]);
  });

  it("says so when the password is wrong", async () => {
    const { session } = setUp();
    await expect(session().signIn("ada@x", "wrong", false)).rejects.toMatchObject({ code: "NotAuthorizedException" });
  });

  it("asks for a new password when the pool does", async () => {
    const { session, pool } = setUp();
    pool.challenge = true;
    const one = session();
    await one.signIn("ada@x", "right", false);
    expect(one.get().is).toBe("new_password");
    await one.setNewPassword("better");
    expect(one.get()).toEqual({ is: "signed_in", userId: "ada", fresh: true });
  });
});

describe("an ID token", () => {
  it("is renewed shortly before it expires, once however many ask", async () => {
    const { session, clock, pool } = setUp();
    const one = session();
    await one.signIn("ada@x", "right", false);
    clock.now = 3_400_000;
    await one.token();
    expect(pool.refreshes).toBe(0);
    clock.now = 3_500_000;
    const answers = await Promise.all([one.token(), one.token(), one.token()]);
    expect(pool.refreshes).toBe(1);
    expect(new Set(answers)).toEqual(new Set([token("ada", 1)]));
  });

  it("is renewed when the server has refused it", async () => {
    const { session, pool } = setUp();
    const one = session();
    await one.signIn("ada@x", "right", false);
    await one.token({ fresh: true });
    expect(pool.refreshes).toBe(1);
  });

  it("cannot be renewed any more: signed out, nothing kept", async () => {
    const { session, pool, tab } = setUp();
    const one = session();
    await one.signIn("ada@x", "right", false);
    pool.failure = new AuthError("NotAuthorizedException");
    await expect(one.token({ fresh: true })).rejects.toThrow();
    expect(one.get()).toEqual({ is: "signed_out", because: "expired" });
    expect(tab.length).toBe(0);
  });

  it("cannot be renewed offline: still signed in, later tries may work", async () => {
    const { session, pool, tab } = setUp();
    const one = session();
    await one.signIn("ada@x", "right", false);
    pool.failure = new AuthError("Network");
    await expect(one.token({ fresh: true })).rejects.toThrow("Network");
    expect(one.get().is).toBe("signed_in");
    expect(tab.length).toBe(1);
    pool.failure = null;
    await expect(one.token({ fresh: true })).resolves.toBeTruthy();
  });
});

describe("a reload", () => {
  it("takes the session up again", async () => {
    const { session } = setUp();
    await session().signIn("ada@x", "right", false);
    const reloaded = session();
    await reloaded.restore();
    expect(reloaded.get()).toEqual({ is: "signed_in", userId: "ada", fresh: false });
  });

  it("asks to sign in when there is nothing to take up", async () => {
    const { session } = setUp();
    const one = session();
    await one.restore();
    expect(one.get()).toEqual({ is: "signed_out", because: "start" });
  });
});

describe("signing out", () => {
  it("revokes the refresh token and keeps nothing", async () => {
    const { session, pool, device } = setUp();
    const one = session();
    await one.signIn("ada@x", "right", true);
    one.signOut();
    expect(pool.revoked).toEqual(["r1"]);
    expect(device.length).toBe(0);
    expect(one.get()).toEqual({ is: "signed_out", because: "asked" });
  });

  it("happens in the other tabs too", async () => {
    const { session } = setUp();
    const [one, other] = [session(), session()];
    await one.signIn("ada@x", "right", true);
    await other.restore();
    one.signOut();
    other.followOtherTab();
    expect(other.get().is).toBe("signed_out");
  });
});
