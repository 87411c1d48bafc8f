/** Times at which a text may be sent later (X3): those that are offered, and what is wrong with one that was chosen. */
import type { ClockView, ConversationView } from "../api/types";
import { onDay, toZonedField } from "./zonedTime";

const DAY_MS = 86_400_000;
/** The server takes nothing that is further ahead. */
export const FURTHEST_MS = 90 * DAY_MS;
const HOUR_MS = 3_600_000;

export type WrongTime = "none" | "past" | "far" | "ended" | "window";
type Limits = Pick<ConversationView, "expires_at" | "free_until">;

/** Why a text cannot be sent then; null: it can. */
export function wrongTime(at: number | null, now: number, { expires_at, free_until }: Limits): WrongTime | null {
  if (at === null) return "none";
  if (at <= now) return "past";
  if (at > now + FURTHEST_MS) return "far";
  if (at >= expires_at) return "ended";
  return free_until !== null && at >= free_until ? "window" : null;
}

/** Good times on the customer's clock: this evening, tomorrow, on Monday. None of them in the next night. */
export function offeredTimes(now: number, clock: ClockView, limits: Limits): number[] {
  const { zone, quiet_from: from, quiet_until: until } = clock;
  const weekday = new Date(`${toZonedField(now, zone).slice(0, 10)}T00:00Z`).getUTCDay();
  const toMonday = (8 - weekday) % 7 || 7;
  const times = [
    onDay(now, zone, 0, "18:00"),
    onDay(now, zone, 1, "09:00"),
    onDay(now, zone, 1, "14:00"),
    onDay(now, zone, toMonday, "09:00"),
  ];
  const awake = times.map((at) => (from !== null && until !== null && at >= from && at < until ? until : at));
  const possible = awake.filter((at) => at >= now + HOUR_MS && wrongTime(at, now, limits) === null);
  return [...new Set(possible)].sort((one, other) => one - other);
}
