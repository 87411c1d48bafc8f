import { expect, it } from "vitest";

import { fileSize, fitted, placeholder } from "./media";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1499, "1 KB"],
  [999_499, "999 KB"],
  [1_250_000, "1.3 MB"],
])("says %i bytes as %s", (bytes, said) => {
  expect(fileSize(bytes)).toBe(said);
});

it.each([
  [1600, 500, 280, 88],
  [300, 600, 160, 320],
  [40, 30, 40, 30],
  [5000, 1, 280, 1],
])("fits %i by %i into its place", (width, height, ...fit) => {
  expect(Object.values(fitted(width, height, { width: 280, height: 320 }))).toEqual(fit);
});

it("holds a picture's place in its shape", () => {
  expect(decodeURIComponent(placeholder(400, 300))).toContain('viewBox="0 0 400 300"');
});
