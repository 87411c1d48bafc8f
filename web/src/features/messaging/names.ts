import type { ConversationRow } from "../../api/types";
import { strings } from "../../strings";

/** The customer's name, or the masked address where none is known. */
export function nameOf(row: Pick<ConversationRow, "customer_name" | "customer_address">): string {
  return row.customer_name || row.customer_address || strings.messaging.unnamed;
}

type Written = Pick<ConversationRow, "last_direction" | "last_kind" | "last_author_id" | "last_author_name">;

/** Who wrote the last message, as it stands in front of it; nothing before a customer's. */
export function writerOf(row: Written, meId: string | undefined): string {
  const { wrote } = strings.messaging;
  if (row.last_direction !== "outbound") return "";
  if (row.last_kind !== "text") return wrote.automatic;
  if (row.last_author_id === null || row.last_author_id === meId) return wrote.you;
  return wrote.colleague((row.last_author_name ?? "").split(" ")[0] ?? "");
}
