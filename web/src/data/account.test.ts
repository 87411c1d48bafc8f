import { beforeEach, expect, it, vi } from "vitest";

import { Session } from "../auth/session";
import { TokenStore } from "../auth/tokenStore";
import { MemoryStorage } from "../testing/memoryStorage";
import { openAccount } from "./account";

const config = { api: "http://api", auth: { endpoint: "", client_id: "" } };
const grantOf = (sub: string) => ({
  idToken: `h.${btoa(JSON.stringify({ sub }))}.s`,
  refreshToken: `${sub}-1`,
  expiresIn: 3600,
});
const pool = {
  signIn: (email: string) => Promise.resolve({ grant: grantOf(email) }),
  setNewPassword: () => Promise.reject(new Error("not asked for")),
  refresh: () => Promise.reject(new Error("not asked for")),
  revoke: () => Promise.resolve(),
};

beforeEach(() => {
  vi.stubGlobal("localStorage", new MemoryStorage());
  return () => vi.unstubAllGlobals();
});

it("sends nothing of Ada's in Bob's name once he has signed in", async () => {
  const sent: string[] = [];
  vi.stubGlobal("fetch", (_url: string, init: { headers: Record<string, string> }) => {
    sent.push(init.headers["Authorization"] ?? "");
    return Promise.resolve(new Response("{}"));
  });
  const session = new Session(pool, new TokenStore(new MemoryStorage(), new MemoryStorage()));
  await session.signIn("ada", "", false);
  const hers = openAccount(config, session, "ada");
  await hers.api.me();
  session.signOut();
  await session.signIn("bob", "", false);
  await expect(hers.api.me()).rejects.toMatchObject({ status: 401 });
  await openAccount(config, session, "bob").api.me();
  expect(sent).toEqual([grantOf("ada").idToken, grantOf("bob").idToken]);
});
