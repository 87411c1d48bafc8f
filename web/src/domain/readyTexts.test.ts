import { expect, test } from "vitest";

import { filledIn } from "./readyTexts";

const text = "Hi [[firstname]], [[order.number]] is ready, [[firstname]]. [[x]]";
const missing = ["firstname", "order.number"];

test("all that is missing is filled in, wherever it stands", () => {
  expect(filledIn({ text, missing }, { firstname: " Ann ", "order.number": "#1" })).toBe(
    "Hi Ann, #1 is ready, Ann. [[x]]",
  );
});

test("what is filled in is no token", () => {
  const values = { firstname: "[[order.number]]", "order.number": "$& #1" };
  expect(filledIn({ text, missing }, values)).toBe("Hi [[order.number]], $& #1 is ready, [[order.number]]. [[x]]");
});

test("nothing is ready while something is missing", () => {
  expect(filledIn({ text, missing }, { firstname: "Ann", "order.number": " " })).toBeNull();
});
