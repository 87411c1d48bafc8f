import type { MessageView } from "../api/types";

/** For so long after a colleague's text, the next one by somebody else is asked about (X16). */
export const JUST_NOW_MS = 20_000;

/** A colleague's text, and when this device first saw it: clocks of servers and devices differ. */
export interface Seen {
  id: string;
  by: string;
  at: number;
}

type Written = Pick<MessageView, "id" | "direction" | "kind" | "author_id" | "author_name" | "created_at">;

/** The newest text of ours, if a colleague wrote it. `before`: what was known until now; undefined at first. */
export function colleaguesText(
  messages: Written[],
  meId: string | undefined,
  before: Seen | null | undefined,
  now: number,
): Seen | null {
  const newest = messages.findLast((one) => one.direction === "outbound" && one.kind === "text");
  if (!newest || newest.author_id === null || meId === undefined || newest.author_id === meId) return null;
  if (before?.id === newest.id) return before;
  return { id: newest.id, by: newest.author_name ?? "", at: before === undefined ? newest.created_at : now };
}

/** Whether that was only just now. */
export function isJustNow(seen: Seen | null, now: number): boolean {
  return seen !== null && now - seen.at < JUST_NOW_MS;
}
