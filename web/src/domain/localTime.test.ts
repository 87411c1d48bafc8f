import { expect, it } from "vitest";

import { fromField, toField } from "./localTime";

it("gives back the minute it was given", () => {
  const instant = Date.UTC(2026, 10, 22, 13, 45);
  expect(fromField(toField(instant))).toBe(instant);
  expect(toField(instant)).toMatch(/^2026-11-2\dT\d\d:\d\d$/);
});

it("knows an empty field", () => {
  expect(fromField("")).toBeNull();
});
