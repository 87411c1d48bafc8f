import type { ClockView, StoreView } from "../../api/types";
import { clockTime, comingDayAndTime, dayOf } from "../../domain/times";
import { offsetAt } from "../../domain/zonedTime";
import { strings } from "../../strings";

/** Whose clocks a time to come is read on. */
export interface Clocks {
  clock: ClockView;
  store: StoreView;
}

/** When that is for the customer; `store` as well where its clocks show another time, else null. The day once. */
export function onBothClocks(at: number, now: number, { clock, store }: Clocks): BothClocks {
  const theirs = comingDayAndTime(at, now, { timeZone: clock.zone }, strings.time);
  const here = { timeZone: store.timezone };
  if (offsetAt(at, clock.zone) === offsetAt(at, store.timezone)) return { theirs, store: null };
  const sameDay = dayOf(at, here) === dayOf(at, { timeZone: clock.zone });
  return { theirs, store: sameDay ? clockTime(at, here) : comingDayAndTime(at, now, here, strings.time) };
}

interface BothClocks {
  theirs: string;
  store: string | null;
}

/** In one sentence part, such as "tomorrow, 9:00 AM". */
export function spelled(at: number, now: number, clocks: Clocks): string {
  const { theirs, store } = onBothClocks(at, now, clocks);
  return store === null ? theirs : strings.later.theirClock(theirs, store);
}

export function clockThere(now: number, { clock }: Clocks): string {
  return clockTime(now, { timeZone: clock.zone });
}
