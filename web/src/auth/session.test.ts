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
  /** Refreshes wait for it, then answer as the pool was when they were asked for. */
  hold: Promise<void> | null = null;

  /** "ada@x" is Ada, whose refresh token is "ada-1". */
  grant(person: string, refreshToken: string | null): Grant {
    return { idToken: token(person, this.refreshes), refreshToken, expiresIn: 3600 };
  }

  signIn = (email: string, password: string) => {
    if (password !== "right") return Promise.reject(new AuthError("NotAuthorizedException"));
    if (this.challenge) return Promise.resolve({ challenge: { username: email, session: "s" } });
    const person = email.split("@")[0] ?? "";
    return Promise.resolve({ grant: this.grant(person, `${person}-1`) });
  };
  setNewPassword = () => Promise.resolve(this.grant("ada", "ada-1"));
  refresh = async (refreshToken: string) => {
    this.refreshes += 1;
    const { failure } = this;
    const grant = this.grant(refreshToken.split("-")[0] ?? "", null);
    await this.hold;
    if (failure) throw failure;
    return grant;
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
    expect(pool.revoked).toEqual(["ada-1"]);
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

describe("one person after another", () => {
  /** Ada's token is being renewed; she signs out, Bob signs in; then the pool answers to Ada's renewal. */
  async function overtaken(failure: AuthError | null) {
    const { session, pool, tab } = setUp();
    const one = session();
    await one.signIn("ada@x", "right", false);
    let answer: () => void = () => undefined;
    pool.hold = new Promise((resolve) => (answer = resolve));
    pool.failure = failure;
    const hers = one.token({ fresh: true }).then(
      (idToken) => idToken,
      () => "refused",
    );
    one.signOut();
    [pool.hold, pool.failure] = [null, null];
    await one.signIn("bob@x", "right", false);
    answer();
    return { one, tab, hers: await hers };
  }

  it("gives Bob his own token, and Ada's caller none, when her renewal comes late", async () => {
    const { one, hers } = await overtaken(null);
    expect(await one.token()).toBe(token("bob", 1));
    expect(hers).toBe("refused");
  });

  it("leaves Bob signed in when Ada's renewal is refused late", async () => {
    const { one, tab } = await overtaken(new AuthError("NotAuthorizedException"));
    expect(one.get()).toEqual({ is: "signed_in", userId: "bob", fresh: true });
    expect(tab.length).toBe(1);
    expect(await one.token({ fresh: true })).toBe(token("bob", 2));
  });

  it("does not make Bob wait for Ada's renewal", async () => {
    const { session, pool } = setUp();
    const one = session();
    await one.signIn("ada@x", "right", false);
    pool.hold = new Promise(() => undefined);
    one.token({ fresh: true }).catch(() => undefined);
    one.signOut();
    pool.hold = null;
    await one.signIn("bob@x", "right", false);
    expect(await one.token({ fresh: true })).toBe(token("bob", 2));
  });

  /** Ada is signed in in two tabs of a device; in the other one she signs out and Bob signs in. */
  async function takenOver() {
    const { session, pool, device } = setUp();
    const [one, other] = [session(), session()];
    await one.signIn("ada@x", "right", true);
    await other.restore();
    other.signOut();
    await other.signIn("bob@x", "right", true);
    return { one, other, pool, device };
  }

  it("ends Ada's session in this tab when Bob signs in in another, whose session stays", async () => {
    const { one, other, device } = await takenOver();
    one.followOtherTab();
    expect(one.get()).toEqual({ is: "signed_out", because: "asked" });
    other.followOtherTab();
    expect(other.get()).toMatchObject({ is: "signed_in", userId: "bob" });
    expect(device.length).toBe(1);
  });

  it("ends it just as well where this tab was not told", async () => {
    const { one, pool, device } = await takenOver();
    await expect(one.token({ fresh: true })).rejects.toThrow();
    expect(one.get().is).toBe("signed_out");
    expect(pool.refreshes).toBe(1); // the restored tab's
    expect(device.length).toBe(1);
  });

  it("refuses a token to whoever acts for somebody else", async () => {
    const { session } = setUp();
    const one = session();
    await one.signIn("bob@x", "right", false);
    await expect(one.token({ of: "ada" })).rejects.toThrow();
    expect(one.get().is).toBe("signed_in");
    expect(await one.token({ of: "bob" })).toBe(token("bob", 0));
  });

  it("ends neither Bob's session nor his refresh token when Ada signs out of a tab of her own", async () => {
    const { session, pool, device } = setUp();
    await session().signIn("bob@x", "right", true);
    const hers = session();
    await hers.signIn("ada@x", "right", false);
    hers.signOut();
    expect(pool.revoked).toEqual(["ada-1"]);
    expect(device.length).toBe(1);
  });

  it("goes on where the same person signed in again in another tab", async () => {
    const { session } = setUp();
    const [one, other] = [session(), session()];
    await one.signIn("ada@x", "right", true);
    await other.signIn("ada@x", "right", true);
    one.followOtherTab();
    expect(one.get()).toMatchObject({ is: "signed_in", userId: "ada" });
  });
});
