import type { ConversationRow } from "../../api/types";
import { strings } from "../../strings";

/** The customer's name, or the masked address where none is known. */
export function nameOf(row: Pick<ConversationRow, "customer_name" | "customer_address">): string {
  return row.customer_name || row.customer_address || strings.messaging.unnamed;
}
