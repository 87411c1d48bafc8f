import { expect, it } from "vitest";

import type { ClockView } from "../api/types";
import { FURTHEST_MS, offeredTimes, wrongTime } from "./sendLater";
import { toZonedField } from "./zonedTime";

const SEATTLE = "America/Los_Angeles";
const clock: ClockView = { zone: SEATTLE, guessed: false, quiet_from: null, quiet_until: null, answers_until: null };
const at = (iso: string) => Date.parse(`${iso}-08:00`);
const limits = { expires_at: at("2027-02-01T00:00"), free_until: null };
const offered = (now: string, other: Partial<ClockView> = {}, free_until: number | null = null) =>
  offeredTimes(at(now), { ...clock, ...other }, { ...limits, free_until }).map((one) => toZonedField(one, SEATTLE));

it("offers this evening, tomorrow and Monday on the customer's clock", () => {
  expect(offered("2026-11-18T10:00")).toEqual([
    "2026-11-18T18:00",
    "2026-11-19T09:00",
    "2026-11-19T14:00",
    "2026-11-23T09:00",
  ]);
});

it("offers nothing that is over or about to be, and nothing twice", () => {
  expect(offered("2026-11-18T17:30")[0]).toBe("2026-11-19T09:00");
  expect(offered("2026-11-22T20:00")).toEqual(["2026-11-23T09:00", "2026-11-23T14:00"]); // a Sunday
  expect(offered("2026-11-23T10:00").at(-1)).toBe("2026-11-30T09:00"); // a Monday: the next one
});

it("moves what would fall into the night to its end", () => {
  const night = { quiet_from: at("2026-11-18T17:00"), quiet_until: at("2026-11-19T10:00") };
  expect(offered("2026-11-18T10:00", night)).toEqual(["2026-11-19T10:00", "2026-11-19T14:00", "2026-11-23T09:00"]);
});

it("offers nothing after the channel's window", () => {
  expect(offered("2026-11-18T10:00", {}, at("2026-11-19T08:00"))).toEqual(["2026-11-18T18:00"]);
});

it.each([
  [null, "none"],
  [at("2026-11-18T09:59"), "past"],
  [at("2026-11-18T10:00") + FURTHEST_MS + 1, "far"],
  [at("2026-11-18T10:01"), null],
])("tells what is wrong with %s", (time, wrong) => {
  expect(wrongTime(time, at("2026-11-18T10:00"), { ...limits, expires_at: at("2028-01-01T00:00") })).toBe(wrong);
});

it("knows the end of the conversation and of the window", () => {
  const now = at("2026-11-18T10:00");
  expect(wrongTime(limits.expires_at, now, limits)).toBe("ended");
  expect(wrongTime(now + 60_000, now, { ...limits, free_until: now + 60_000 })).toBe("window");
});
