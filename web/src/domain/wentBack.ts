import type { ConversationRow } from "../api/types";

type Row = Pick<ConversationRow, "id" | "assignee_id" | "waiting_since">;

/** The conversations that were mine a moment ago, and went back to the store since because their customer waits. */
export function wentBack<T extends Row>(before: Row[], now: T[], meId: string | undefined): T[] {
  const mine = new Set(before.filter((row) => meId !== undefined && row.assignee_id === meId).map((row) => row.id));
  return now.filter((row) => mine.has(row.id) && row.assignee_id === null && row.waiting_since !== null);
}
