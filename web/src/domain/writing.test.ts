import { describe, expect, it } from "vitest";

import { whyNot } from "./writing";

describe("writing in a conversation", () => {
  it.each([
    ["open", false, null],
    ["open", true, "opted_out"],
    ["closed", false, "closed"],
    ["closed", true, "closed"],
    ["expired", false, "expired"],
    ["deleted", true, "deleted"],
    ["requested", false, "requested"],
  ] as const)("%s, opted out: %s -> %s", (state, opted_out, expected) => {
    expect(whyNot({ state, opted_out })).toBe(expected);
  });
});
