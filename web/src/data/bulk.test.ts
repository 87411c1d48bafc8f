import { expect, test } from "vitest";

import { settledParts } from "./bulk";

const bulk = { total: 60, parts: 3, sent: 0, unsent: 0, state: "running" as const };

test("a part can be read once all of it is settled; the last one is shorter", () => {
  expect(settledParts(bulk)).toBe(0);
  expect(settledParts({ ...bulk, sent: 20, unsent: 5 })).toBe(1);
  expect(settledParts({ ...bulk, sent: 50 })).toBe(2);
  expect(settledParts({ ...bulk, sent: 50, unsent: 10 })).toBe(3);
});

test("of a cancelled one also the part that it was in the midst of", () => {
  expect(settledParts({ ...bulk, sent: 30 })).toBe(1);
  expect(settledParts({ ...bulk, sent: 30, state: "cancelled" })).toBe(2);
  expect(settledParts({ ...bulk, sent: 25, state: "cancelled" })).toBe(1);
  expect(settledParts({ ...bulk, state: "cancelled" })).toBe(0);
});
