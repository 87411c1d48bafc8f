import { describe, expect, it } from "vitest";

import { freeWindow, hoursAndMinutes, nextChange } from "./freeWindow";

const HOUR = 3_600_000;

describe("the time in which a customer can be answered freely", () => {
  it.each([
    [null, null],
    [10_000 + HOUR, { isOpen: true, minutes: 60 }],
    [10_001, { isOpen: true, minutes: 1 }],
    [10_000, { isOpen: false, minutes: 0 }],
    [0, { isOpen: false, minutes: 0 }],
  ])("until %s", (until, expected) => {
    expect(freeWindow(until, 10_000)).toEqual(expected);
  });

  it("changes when a minute is over, and for the last time when it closes", () => {
    expect(nextChange(HOUR, 0)).toBe(60_000);
    expect(nextChange(HOUR, 1)).toBe(59_999);
    expect(nextChange(HOUR, HOUR - 1)).toBe(1);
    expect(nextChange(HOUR, HOUR)).toBeNull();
    expect(nextChange(null, 0)).toBeNull();
  });

  it("is told in hours and minutes", () => {
    expect(hoursAndMinutes(1440)).toEqual({ hours: 24, minutes: 0 });
    expect(hoursAndMinutes(61)).toEqual({ hours: 1, minutes: 1 });
    expect(hoursAndMinutes(59)).toEqual({ hours: 0, minutes: 59 });
  });
});
