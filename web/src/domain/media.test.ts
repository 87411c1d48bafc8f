import { expect, it } from "vitest";

import { fileSize, placeholder } from "./media";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1499, "1 KB"],
  [999_499, "999 KB"],
  [1_250_000, "1.3 MB"],
])("says %i bytes as %s", (bytes, said) => {
  expect(fileSize(bytes)).toBe(said);
});

it("holds a picture's place in its shape", () => {
  expect(decodeURIComponent(placeholder(400, 300))).toContain('viewBox="0 0 400 300"');
});
