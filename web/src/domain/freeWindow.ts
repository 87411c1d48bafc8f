/** WhatsApp's 24 hours (X9): until when the customer can be answered freely. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Null: the channel knows no such limit. `minutes`: of the time left, begun ones count. */
export type FreeWindow = { isOpen: boolean; minutes: number } | null;

export function freeWindow(freeUntil: number | null, now: number): FreeWindow {
  if (freeUntil === null) return null;
  const left = freeUntil - now;
  return { isOpen: left > 0, minutes: left > 0 ? Math.ceil(left / MINUTE_MS) : 0 };
}

/** Milliseconds until what is shown of it changes; null: it does not any more. */
export function nextChange(freeUntil: number | null, now: number): number | null {
  if (freeUntil === null || now >= freeUntil) return null;
  const left = freeUntil - now;
  return left % MINUTE_MS || MINUTE_MS;
}

/** Hours and minutes, as people say them; from a day on it is a day. */
export function hoursAndMinutes(minutes: number): { hours: number; minutes: number } {
  return { hours: Math.floor((minutes * MINUTE_MS) / HOUR_MS), minutes: minutes % 60 };
}
