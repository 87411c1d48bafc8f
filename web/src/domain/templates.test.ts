import { describe, expect, it } from "vitest";

import { canFill, piecesOf } from "./templates";

describe("templates", () => {
  it("are cut at their placeholders", () => {
    expect(piecesOf("Hi {{1}}, {{2}}!")).toEqual([
      { text: "Hi " },
      { placeholder: 1 },
      { text: ", " },
      { placeholder: 2 },
      { text: "!" },
    ]);
    expect(piecesOf("{{10}}")).toEqual([{ placeholder: 10 }]);
    expect(piecesOf("None {{0}}")).toEqual([{ text: "None {{0}}" }]);
  });

  it.each([
    ["Ann", true],
    ["", false],
    ["  ", false],
    ["a\nb", false],
    ["a     b", false],
    ["{{1}}", false],
    ["x".repeat(200), true],
    ["x".repeat(201), false],
  ])("take %j: %s", (value, expected) => {
    expect(canFill(value)).toBe(expected);
  });
});
