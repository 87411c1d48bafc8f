import { expect, it } from "vitest";

import { withLinks } from "./links";

it.each([
  ["no link", ["no link"]],
  ["see https://x.example/a?b=1.", ["see ", "=https://x.example/a?b=1", "."]],
  ["(http://x.example)", ["(", "=http://x.example", ")"]],
  ["javascript:alert(1)", ["javascript:alert(1)"]],
  ["https://", ["https://"]],
])("%s", (text, parts) => {
  expect(withLinks(text).map((part) => (part.href === undefined ? "" : "=") + part.text)).toEqual(parts);
});
