import { expect, it } from "vitest";

import type { ClockView, StoreView } from "../../api/types";
import { clockTime } from "../../domain/times";
import { onBothClocks, spelled } from "./clocks";

const at = (iso: string) => Date.parse(iso);
const store = { timezone: "America/New_York" } as StoreView;
const clocks = (zone: string) => ({ store, clock: { zone } as ClockView });
const NOW = at("2026-11-22T16:00:00Z");
const NINE = at("2026-11-23T14:00:00Z");
const shown = (instant: number, timeZone: string) => clockTime(instant, { timeZone });

it("shows one time where both clocks show the same", () => {
  expect(spelled(NINE, NOW, clocks("America/Detroit"))).toBe(`tomorrow, ${shown(NINE, store.timezone)}`);
});

it("shows the store's time too where it is another, with its day only where that differs", () => {
  expect(onBothClocks(NINE, NOW, clocks("America/Los_Angeles")).store).toBe(shown(NINE, store.timezone));
  const morning = at("2026-11-23T23:30:00Z"); // the 24th in Tokyo
  expect(onBothClocks(morning, NOW, clocks("Asia/Tokyo")).store).toBe(`tomorrow, ${shown(morning, store.timezone)}`);
});
