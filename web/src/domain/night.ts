import type { ClockView } from "../api/types";

/** Until when a text that is sent now waits, because it is night where the customer is (X4); null: it goes out. */
export function waitsUntil(clock: ClockView, now: number): number | null {
  const { quiet_from: from, quiet_until: until, answers_until: answers } = clock;
  if (from === null || until === null || now < from || now >= until) return null;
  return answers !== null && now < answers ? null : until;
}

/** Milliseconds until that changes; null: not by itself. */
export function nextTurn(clock: ClockView, now: number): number | null {
  const turns = [clock.quiet_from, clock.quiet_until, clock.answers_until].filter((at) => at !== null && at > now);
  return turns.length === 0 ? null : Math.min(...(turns as number[])) - now;
}
