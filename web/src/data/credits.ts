import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import type { StoreView } from "../api/types";
import { useAccount } from "./account";
import { keys } from "./keys";

/** What a text costs and what there is; asked for only where a store needs credits. */
export function useCredits(store: StoreView | null) {
  const { api } = useAccount();
  return useQuery({
    queryKey: keys.credits(store?.id ?? ""),
    queryFn: ({ signal }) => api.credits(store?.id ?? "", signal),
    enabled: store?.credits === true && store.messaging,
    staleTime: 30_000,
  }).data;
}

/** As `useCredits`, asked again whenever `since` changes: something was sent. */
export function useFreshCredits(store: StoreView, since: number) {
  const queries = useQueryClient();
  const { credits, id } = store;
  useEffect(() => {
    if (credits) void queries.invalidateQueries({ queryKey: keys.credits(id) });
  }, [queries, credits, id, since]);
  return useCredits(store);
}

/** Whether not even one segment can be paid: what would cost some is not offered then (L14). */
export function useBroke(store: StoreView): boolean {
  const found = useCredits(store);
  return found !== undefined && found.balance < found.per_segment;
}
