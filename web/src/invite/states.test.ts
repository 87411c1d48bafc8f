import { describe, expect, it } from "vitest";

import { viewOf, whatsappLink } from "./states";

describe("the page of an invitation", () => {
  it.each([
    ["open", false, false, "form"],
    ["sent", true, false, "sent"],
    ["sent", true, true, "form"],
    ["sent", false, false, "form"],
    ["failed", true, false, "failed"],
    ["failed", true, true, "form"],
    ["done", true, false, "done"],
    ["done", false, false, "used"],
    ["expired", true, false, "expired"],
    ["revoked", true, true, "revoked"],
  ] as const)("%s, mine: %s, wants another: %s -> %s", (state, mine, wants, expected) => {
    expect(viewOf({ state }, mine, wants)).toBe(expected);
  });

  it("leads to WhatsApp with the word written", () => {
    expect(whatsappLink("+1 206-555-0144", "YES 482193")).toBe("https://wa.me/12065550144?text=YES%20482193");
  });
});
