import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { SaleView } from "../api/types";
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
