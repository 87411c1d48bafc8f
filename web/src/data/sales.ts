import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { ProductLinkPage, SaleView } from "../api/types";
import type { Month } from "../domain/sales";
import { useAccount } from "./account";
import { keys } from "./keys";

/** All sales of a month, page by page; `read` says how many there are so far. */
export function useSales(storeId: string, month: Month) {
  const { api } = useAccount();
  const [read, setRead] = useState(0);
  const sales = useQuery({
    queryKey: keys.sales(storeId, month.id),
    queryFn: async ({ signal }) => {
      const rows: SaleView[] = [];
      let cursor: string | null = null;
      do {
        setRead(rows.length);
        const page: { rows: SaleView[]; next: string | null } = await api.sales(storeId, { ...month, cursor }, signal);
        rows.push(...page.rows);
        cursor = page.next;
      } while (cursor !== null);
      return rows;
    },
  });
  return { sales, read };
}

/** Links to products that were given to customers in a month, newest first. */
export function useProductLinks(storeId: string, month: Month) {
  const { api } = useAccount();
  return useInfiniteQuery({
    queryKey: keys.productLinks(storeId, month.id),
    queryFn: ({ pageParam, signal }) => api.productLinks(storeId, { ...month, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: ProductLinkPage) => page.next,
  });
}
