import type { QueryClient, UseMutationOptions } from "@tanstack/react-query";

import type { Api } from "../api/api";
import { patchConversation } from "./cache";
import { keys } from "./keys";

/** One at a time for each conversation: "unread" that overtakes the "read" of a moment before is lost. */
const inTurn = (id: string) => ({ id: `reading ${id}` });

/** The conversation is read up to the message given. */
export function markingRead(
  api: Pick<Api, "markRead">,
  queries: QueryClient,
  id: string,
): UseMutationOptions<undefined, Error, string> {
  return {
    scope: inTurn(id),
    mutationFn: (upTo) => api.markRead(id, upTo),
    onMutate: () => patchConversation(queries, id, { unread: 0 }),
    onSettled: () => void queries.invalidateQueries({ queryKey: keys.unread }),
  };
}

/** The newest message of the customer is unread again. */
export function markingUnread(api: Pick<Api, "markUnread">, id: string): UseMutationOptions<undefined> {
  return { scope: inTurn(id), mutationFn: () => api.markUnread(id) };
}
