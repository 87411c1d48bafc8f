import { describe, expect, it } from "vitest";

import { firstText, firstTextLimit, requestLimit, requestText } from "./firstText";
import { BODY_LIMIT, segmentsOf } from "./segments";

describe("the first text to a customer", () => {
  it("says who writes and how to stop it, in the server's words", () => {
    expect(firstText("Oak & Linen", "Hello!")).toBe("Oak & Linen: Hello!\nReply STOP to opt out.");
    expect(firstText("Oak & Linen", "")).toBe("Oak & Linen\nReply STOP to opt out.");
  });

  it.each(["A", "Oak & Linen", "Café 😀"])("of %s fills the limit exactly at the most", (store) => {
    const whole = firstText(store, "x".repeat(firstTextLimit(store)));
    expect(segmentsOf(whole).characters).toBe(BODY_LIMIT);
  });

  it("asks in the server's words", () => {
    expect(requestText("Oak & Linen", "Your order is here.")).toBe(
      "Oak & Linen: Your order is here.\nReply YES to get messages from Oak & Linen, STOP to opt out. " +
        "Msg & data rates may apply.",
    );
    expect(segmentsOf(requestText("Café 😀", "x".repeat(requestLimit("Café 😀")))).characters).toBe(BODY_LIMIT);
  });

  it("takes more segments than what was typed", () => {
    expect(segmentsOf("x".repeat(150)).segments).toBe(1);
    expect(segmentsOf(firstText("Oak & Linen", "x".repeat(150))).segments).toBe(2);
  });
});
