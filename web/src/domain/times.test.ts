import { describe, expect, it } from "vitest";

import { clockTime, dayLabel, dayOf, listTime } from "./times";

const words = { today: "Today", yesterday: "Yesterday" };
const newYork = { timeZone: "America/New_York", locale: "en-US" };
const tokyo = { timeZone: "Asia/Tokyo", locale: "en-GB" };
const now = Date.parse("2026-11-22T03:30:00Z"); // Saturday 22:30 in New York, Sunday 12:30 in Tokyo

describe("times in the store's zone", () => {
  it("tells the store's calendar day, not the browser's", () => {
    expect(dayOf(now, newYork)).toBe("2026-11-21");
    expect(dayOf(now, tokyo)).toBe("2026-11-22");
  });

  it("uses the locale's clock", () => {
    expect(clockTime(now, newYork)).toMatch(/^10:30\sPM$/);
    expect(clockTime(now, tokyo)).toBe("12:30");
  });

  it("shows the time today and words for the days before", () => {
    expect(listTime(now - 3_600_000, now, tokyo, words)).toBe("11:30");
    expect(listTime(Date.parse("2026-11-21T02:00:00Z"), now, tokyo, words)).toBe("Yesterday");
    expect(listTime(Date.parse("2026-11-18T02:00:00Z"), now, tokyo, words)).toBe("Wed");
    expect(listTime(Date.parse("2026-10-01T02:00:00Z"), now, tokyo, words)).toBe("1 Oct");
    expect(listTime(Date.parse("2025-10-01T02:00:00Z"), now, tokyo, words)).toBe("01/10/2025");
  });

  it("labels days between messages", () => {
    expect(dayLabel(now, now, newYork, words)).toBe("Today");
    expect(dayLabel(Date.parse("2026-11-20T23:00:00Z"), now, newYork, words)).toBe("Yesterday");
    expect(dayLabel(Date.parse("2026-11-18T15:00:00Z"), now, newYork, words)).toBe("Wednesday");
    expect(dayLabel(Date.parse("2026-10-01T15:00:00Z"), now, newYork, words)).toBe("October 1");
    expect(dayLabel(Date.parse("2025-10-01T15:00:00Z"), now, newYork, words)).toBe("October 1, 2025");
  });

  it("keeps to calendar days across the change of clocks", () => {
    const monday = Date.parse("2026-11-02T05:30:00Z"); // 00:30 on the day after the 25-hour Sunday
    expect(dayLabel(Date.parse("2026-11-01T04:30:00Z"), monday, newYork, words)).toBe("Yesterday");
  });
});
