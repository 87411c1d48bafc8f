import type { MessageView } from "../api/types";
import type { OutboxEntry } from "./outbox";

/**
 * The texts that are shown as not accepted yet: news of one may come before the answer to the request that sent it, and
 * then it stands in the conversation already. `mine` are one's own texts there and those that wait for their time,
 * oldest first.
 */
export function pending(entries: readonly OutboxEntry[], mine: readonly MessageView[]): OutboxEntry[] {
  const taken = new Set<string>();
  return entries.filter((entry) => {
    const { after, state } = entry;
    if (after === undefined || state === "refused") return true;
    const itself = mine.find((message) => message.id > after && !taken.has(message.id) && says(message, entry));
    if (itself) taken.add(itself.id);
    return itself === undefined;
  });
}

function says({ body, card, media }: MessageView, entry: OutboxEntry): boolean {
  const words = card ? card.words : body;
  return (
    words === entry.body && card?.product_id === entry.product?.id && media.length === (entry.pictures?.length ?? 0)
  );
}
