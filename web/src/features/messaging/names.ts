import type { ColleagueView, ConversationRow } from "../../api/types";
import { strings } from "../../strings";

/** The customer's name, or the masked address where none is known. */
export function nameOf(row: Pick<ConversationRow, "customer_name" | "customer_address">): string {
  return row.customer_name || row.customer_address || strings.messaging.unnamed;
}

/** The first name of whoever looks after a conversation; none where nobody does. */
export function assigneeOf(id: string | null, meId: string | undefined, colleagues: ColleagueView[]): string | null {
  const { assignee } = strings.messaging;
  if (id === null) return null;
  if (id === meId) return assignee.you;
  return colleagues.find((one) => one.id === id)?.name.split(" ")[0] ?? assignee.somebody;
}

type Written = Pick<ConversationRow, "last_direction" | "last_kind" | "last_author_id" | "last_author_name">;

/** Who wrote the last message, as it stands in front of it; nothing before a customer's. */
export function writerOf(row: Written, meId: string | undefined): string {
  const { wrote } = strings.messaging;
  if (row.last_direction !== "outbound") return "";
  if (row.last_kind !== "text" && row.last_kind !== "opt_in_request") return wrote.automatic;
  if (row.last_author_id === null || row.last_author_id === meId) return wrote.you;
  return wrote.colleague((row.last_author_name ?? "").split(" ")[0] ?? "");
}
