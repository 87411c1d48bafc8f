import { useMutation, useQuery } from "@tanstack/react-query";

import type { CustomerView } from "../api/types";
import { showToast } from "../design/toasts";
import { strings } from "../strings";
import { useAccount } from "./account";
import { explain } from "./explain";
import { keys } from "./keys";

/** What of another customer was chosen, to say who is meant. */
export type Chosen = { kind: "conversation" | "order"; id: string };

interface Merge {
  chosen: Chosen;
  keepOther: boolean;
  /** Who becomes a part of the one who is kept. */
  goneId: string;
}

/** Whose that is. */
export function useOther({ kind, id }: Chosen) {
  const { api } = useAccount();
  return useQuery({
    queryKey: kind === "order" ? keys.orderCustomer(id) : keys.customer(id),
    queryFn: ({ signal }) => (kind === "order" ? api.orderCustomer(id, signal) : api.customer(id, signal)),
    staleTime: 0, // two people are compared: as they are now
  });
}

/** Two customers become one, or two again (X11). Failures of taking it back become toasts. */
export function useMerges(conversationId: string) {
  const { api, queries } = useAccount();
  const changed = (customer: CustomerView) => {
    queries.setQueryData(keys.customer(conversationId), customer);
    for (const queryKey of [keys.allCustomers, keys.allConversations, keys.allThreads]) {
      void queries.invalidateQueries({ queryKey });
    }
  };
  const undo = useMutation({
    mutationFn: (goneId: string) => api.undoMerge(conversationId, goneId),
    onSuccess: (customer) => {
      changed(customer);
      showToast(strings.merge.undone);
    },
    onError: (error) => showToast(explain(error), { tone: "danger" }),
  });
  const merge = useMutation({
    mutationFn: ({ chosen, keepOther }: Merge) =>
      api.mergeCustomers(conversationId, {
        conversation_id: chosen.kind === "conversation" ? chosen.id : null,
        order_id: chosen.kind === "order" ? chosen.id : null,
        keep_other: keepOther,
      }),
    onSuccess: (customer, { goneId }) => {
      changed(customer);
      const action = { label: strings.common.undo, run: () => undo.mutate(goneId) };
      showToast(strings.merge.done(customer.name || strings.messaging.unnamed), { action });
    },
  });
  return { merge, undo };
}
