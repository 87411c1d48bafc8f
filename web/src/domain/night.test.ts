import { expect, it } from "vitest";

import { nextTurn, waitsUntil } from "./night";

const clock = { zone: "UTC", guessed: false, quiet_from: 100, quiet_until: 200, answers_until: null };

it("waits in the night only, from its first instant to its last", () => {
  expect([99, 100, 199, 200].map((now) => waitsUntil(clock, now))).toEqual([null, 200, 200, null]);
});

it("does not wait with an answer", () => {
  const answering = { ...clock, answers_until: 150 };
  expect([149, 150].map((now) => waitsUntil(answering, now))).toEqual([null, 200]);
});

it("never waits where no quiet hours hold", () => {
  expect(waitsUntil({ ...clock, quiet_from: null, quiet_until: null }, 150)).toBeNull();
});

it("knows when to look again", () => {
  const answering = { ...clock, answers_until: 150 };
  expect([0, 100, 150, 200].map((now) => nextTurn(answering, now))).toEqual([100, 50, 50, null]);
});
