import type { ReminderView } from "../../api/types";

/** Which reminders this browser has put aside, for which time: a reminder that is put off rings again. */
export type Noticed = Record<string, number>;

/** Those that are to be shown now, the latest first. */
export function toShow(due: readonly ReminderView[], noticed: Noticed): ReminderView[] {
  return due.filter((one) => noticed[one.id] !== one.due_at).sort((one, other) => other.due_at - one.due_at);
}

/** With these put aside; what is no longer there is forgotten. */
export function putAside(noticed: Noticed, these: readonly ReminderView[], all: readonly ReminderView[]): Noticed {
  const times = new Map(all.map((one) => [one.id, one.due_at]));
  const kept = Object.entries(noticed).filter(([id, at]) => times.get(id) === at);
  return Object.fromEntries([...kept, ...these.map((one) => [one.id, one.due_at] as const)]);
}

/** Milliseconds until the next one is due; null: none is to come. */
export function untilNext(all: readonly ReminderView[], now: number): number | null {
  const times = all.map((one) => one.due_at - now).filter((left) => left > 0);
  return times.length === 0 ? null : Math.min(...times);
}
