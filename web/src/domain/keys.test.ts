import { expect, it } from "vitest";

import { keyring } from "./keys";

it("keeps a key with its content", () => {
  const keyFor = keyring();
  const first = keyFor("We close at noon.");
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(keyFor("We close at one.")).not.toBe(first);
  expect(keyFor("We close at noon.")).toBe(first);
  expect(keyring()("We close at noon.")).not.toBe(first);
});
