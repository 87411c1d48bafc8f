import { describe, expect, it } from "vitest";

import { readWall } from "./wallTime";
import { toZonedField } from "./zonedTime";

const utc = (text: string) => Date.parse(`${text}Z`);

describe("a time of day on a clock", () => {
  it("is one instant on most days", () => {
    expect(readWall("2026-11-23T09:00", "America/New_York")).toEqual({
      at: utc("2026-11-23T14:00"),
      later: null,
      skipped: false,
    });
  });

  it("comes twice when clocks are put back, by an hour or by half of one", () => {
    expect(readWall("2026-11-01T01:30", "America/New_York")).toEqual({
      at: utc("2026-11-01T05:30"),
      later: utc("2026-11-01T06:30"),
      skipped: false,
    });
    const half = readWall("2027-04-04T01:45", "Australia/Lord_Howe");
    expect(half?.later).toBe((half?.at ?? 0) + 1_800_000);
  });

  it("rings as much later as clocks are put forward over it", () => {
    const skipped = readWall("2027-03-14T02:30", "America/New_York");
    expect(skipped?.skipped).toBe(true);
    expect(toZonedField(skipped?.at ?? 0, "America/New_York")).toBe("2027-03-14T03:30");
  });

  it("is nothing where no time was given", () => {
    expect(readWall("", "America/New_York")).toBeNull();
  });
});
