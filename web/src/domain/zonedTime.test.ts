import { expect, it } from "vitest";

import { fromZonedField, offsetAt, onDay, toZonedField, zoneName } from "./zonedTime";

const NEW_YORK = "America/New_York";
const at = (iso: string) => Date.parse(iso);

it.each([
  ["2026-11-23T09:00", NEW_YORK, "2026-11-23T14:00:00Z"],
  ["2026-07-01T09:00", NEW_YORK, "2026-07-01T13:00:00Z"],
  ["2026-11-23T00:30", "Asia/Kolkata", "2026-11-22T19:00:00Z"],
  ["2026-11-23T00:00", "Pacific/Auckland", "2026-11-22T11:00:00Z"],
])("knows which instant %s is in %s, and back", (field, zone, instant) => {
  expect(fromZonedField(field, zone)).toBe(at(instant));
  expect(toZonedField(at(instant), zone)).toBe(field);
});

it("takes a time that the change of clocks skips for the one after it", () => {
  const skipped = fromZonedField("2026-03-08T02:30", NEW_YORK) ?? 0;
  expect(["2026-03-08T01:30", "2026-03-08T03:30"]).toContain(toZonedField(skipped, NEW_YORK));
});

it("is right on both sides of the change of clocks", () => {
  expect(fromZonedField("2026-11-01T00:30", NEW_YORK)).toBe(at("2026-11-01T04:30:00Z"));
  expect(fromZonedField("2026-11-01T03:30", NEW_YORK)).toBe(at("2026-11-01T08:30:00Z"));
});

it("knows no time in nothing", () => {
  expect(fromZonedField("", NEW_YORK)).toBeNull();
});

it("finds a time of day some days ahead, over months and changes of clocks", () => {
  expect(onDay(at("2026-10-31T16:00:00Z"), NEW_YORK, 1, "09:00")).toBe(at("2026-11-01T14:00:00Z"));
  expect(onDay(at("2026-11-23T03:00:00Z"), NEW_YORK, 1, "09:00")).toBe(at("2026-11-23T14:00:00Z")); // the 22nd there
});

it("tells how far ahead a zone is, and what it is called", () => {
  expect(offsetAt(at("2026-11-23T12:00:30Z"), "Asia/Kolkata")).toBe(5.5 * 3_600_000);
  expect(zoneName(NEW_YORK, "en-US")).toBe("Eastern Time");
});
