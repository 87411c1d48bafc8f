import { describe, expect, it } from "vitest";

import type { AutomaticTextView } from "../../api/types";
import { said } from "./orderTexts";
import { orderTextWords as words } from "./orderTextWords";

const zone = { timeZone: "America/New_York", locale: "en-US" };
const now = Date.parse("2026-11-22T03:30:00Z"); // Saturday 22:30 in New York
const row: AutomaticTextView = {
  event: "order_sent",
  made_at: now - 60_000,
  due_at: now - 60_000,
  settled_at: null,
  state: "waiting",
  not_sent: null,
  conversation_id: null,
  status: null,
  failure: null,
};
const sent: AutomaticTextView = { ...row, state: "sent", settled_at: now, conversation_id: "c", status: "sent" };

describe("an order's automatic text in words", () => {
  it("waits: at once, or until morning", () => {
    expect(said(row, now, zone)).toMatchObject({ state: "Waiting", detail: words.soon, at: row.made_at });
    const night = said({ ...row, due_at: Date.parse("2026-11-22T13:00:00Z") }, now, zone);
    expect(night.detail?.replace(/\s/g, " ")).toBe("It goes out tomorrow, 8:00 AM at the earliest.");
  });

  it("is where its message is, with the reason where that failed", () => {
    expect(said({ ...sent, status: "delivered" }, now, zone)).toEqual({
      tone: "success",
      state: "Delivered",
      detail: null,
      at: now,
    });
    const failed = said({ ...sent, status: "failed", failure: "A landline." }, now, zone);
    expect(failed).toMatchObject({ tone: "danger", detail: "A landline." });
    expect(said({ ...sent, status: "unknown" }, now, zone).state).toBe("Delivery unknown");
  });

  it("was sent, and its conversation is gone", () => {
    expect(said({ ...sent, status: null }, now, zone)).toMatchObject({ state: "Sent", detail: words.deleted });
  });

  it("was not sent, and says why", () => {
    const not = said({ ...row, state: "not_sent", not_sent: "opted_out", settled_at: now }, now, zone);
    expect(not).toEqual({ tone: "warning", state: "Not sent", detail: words.why.opted_out, at: now });
    const merchant = { ...row, event: "merchant_order_paid", state: "not_sent" } as const;
    expect(said({ ...merchant, not_sent: "opted_out" }, now, zone).detail).toBe(words.merchantWhy.opted_out);
    expect(said({ ...merchant, not_sent: "too_late" }, now, zone).detail).toBe(words.why.too_late);
  });
});
