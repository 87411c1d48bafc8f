import { expect, it } from "vitest";

import { wentBack } from "./wentBack";

const row = (id: string, assignee_id: string | null, waiting_since: number | null = null) => ({
  id,
  assignee_id,
  waiting_since,
});

it("names what was mine and waits with nobody now", () => {
  const before = [row("a", "me"), row("b", "me"), row("c", "you"), row("d", "me"), row("e", null, 1)];
  const now = [row("a", null, 5), row("b", null), row("c", null, 5), row("d", "you", 5), row("e", null, 1)];
  expect(wentBack(before, now, "me").map(({ id }) => id)).toEqual(["a"]);
});

it("names nothing twice, and nothing to nobody", () => {
  const now = [row("a", null, 5)];
  expect(wentBack(now, now, "me")).toEqual([]);
  expect(wentBack([row("a", "me")], now, undefined)).toEqual([]);
});
