import { useMutation, useQuery } from "@tanstack/react-query";

import { useAccount } from "./account";
import { keys } from "./keys";

const POLL_MS = 5_000;

/** How far the erasure of this customer is; null: nobody asked for one (X13). */
export function useErasure(storeId: string, customerId: string) {
  const { api } = useAccount();
  return useQuery({
    queryKey: keys.erasures(storeId),
    queryFn: ({ signal }) => api.erasures(storeId, signal),
    select: ({ rows }) => rows.find((one) => one.id === customerId) ?? null,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.rows.some((one) => one.finished_at === null) ? POLL_MS : false),
  });
}

/** Asks for it; what comes of it is seen by `useErasure`. */
export function useErasing(storeId: string, conversationId: string) {
  const { api, queries } = useAccount();
  return useMutation({
    mutationFn: () => api.eraseCustomer(conversationId, { confirmed: "cannot_be_undone" }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.erasures(storeId) }),
  });
}
