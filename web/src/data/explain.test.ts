import { describe, expect, it, vi } from "vitest";

import { ApiError, NetworkError } from "../api/errors";
import { clockTime } from "../domain/times";
import { strings } from "../strings";
import { explain, explainCode } from "./explain";

describe("an error in words", () => {
  it.each([
    "This customer has no phone number we can text.",
    "This store has no number to text from.",
    "This number is already in a conversation with another customer.",
  ])("says why a customer cannot be reached as the server does: %s", (message) => {
    expect(explain(new ApiError(409, "customer_unreachable", message))).toBe(message);
  });

  it("says how long a text may be where the server names the limit", () => {
    const error = new ApiError(400, "invalid_input", "This text is too long for a first text.", { limit: 1550 });
    expect(explain(error)).toBe("At most 1,550 characters.");
    expect(explain(new ApiError(400, "invalid_input", "..."))).toBe(strings.errors.byCode["invalid_input"]);
  });

  it("does not take the size of a request for the length of a text", () => {
    expect(explain(new ApiError(413, "too_large", "", { limit: 65_536 }))).toBe(strings.errors.byCode["too_large"]);
  });

  it("says from when on a text can go out that the night keeps back, on the customer's clock", () => {
    vi.useFakeTimers({ now: Date.parse("2026-11-23T06:40:00Z") }); // 22:40 in Seattle
    const until = Date.parse("2026-11-23T16:00:00Z");
    const error = new ApiError(409, "quiet_hours", "...", { until, zone: "America/Los_Angeles" });
    expect(explain(error)).toContain(`from tomorrow, ${clockTime(until, { timeZone: "America/Los_Angeles" })}`);
    expect(explain(new ApiError(409, "quiet_hours", "..."))).toBe(strings.errors.byCode["quiet_hours"]);
    vi.useRealTimers();
  });

  it("has words for what it does not know", () => {
    expect(explain(new NetworkError())).toBe(strings.errors.offline);
    expect(explain(new ApiError(418, "http_418", "I'm a teapot"))).toBe(strings.errors.unexpected);
    expect(explainCode("customer_unreachable")).toBe(strings.errors.byCode["customer_unreachable"]);
  });
});
