import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import type { Api } from "../../api/api";
import type { CreditLineView } from "../../api/types";
import { useAccount } from "../../data/account";
import { explain } from "../../data/explain";
import { keys } from "../../data/keys";
import { showToast } from "../../design/toasts";
import { newKey } from "../../domain/keys";
import { words } from "./creditWords";

const FIRST_PAGE = null as string | null;
const PAGE = 100;

export function useCreditLines(storeId: string) {
  const { api } = useAccount();
  return useInfiniteQuery({
    queryKey: keys.creditLines(storeId),
    queryFn: ({ pageParam, signal }) => api.creditLines(storeId, { cursor: pageParam }, signal),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next,
    staleTime: 0, // it is looked at to see what just happened
  });
}

/** The whole ledger, newest first. */
export async function everyCreditLine(api: Pick<Api, "creditLines">, storeId: string): Promise<CreditLineView[]> {
  const found: CreditLineView[] = [];
  let cursor = FIRST_PAGE;
  do {
    const page = await api.creditLines(storeId, { cursor, limit: PAGE });
    found.push(...page.rows);
    cursor = page.next;
  } while (cursor !== null);
  return found;
}

/** Asks once what became of payments: whoever comes back from the provider's page sees it. */
export function useSettled(storeId: string) {
  const { api } = useAccount();
  const queries = useQueryClient();
  useEffect(() => {
    const settle = async () => {
      const { rows } = await api.settleCredits(storeId);
      for (const { pack, state } of rows) {
        if (state === "paid") showToast(words.arrived(pack));
        if (state === "declined") showToast(words.declined, { tone: "danger" });
      }
      // Also where nothing waited: who asked just before, perhaps this page itself, has settled what is not shown yet.
      await queries.invalidateQueries({ queryKey: keys.credits(storeId) });
    };
    settle().catch((error: unknown) => showToast(explain(error), { tone: "danger" }));
  }, [api, queries, storeId]);
}

/** Leads to the provider's page. */
export function useBuy(storeId: string) {
  const { api } = useAccount();
  return useMutation({
    mutationFn: (pack: number) => api.buyCredits(storeId, pack, newKey()),
    onSuccess: ({ url }) => window.location.assign(url),
    onError: (error) => showToast(explain(error), { tone: "danger" }),
  });
}

export function useChooseThreshold(storeId: string) {
  const { api } = useAccount();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (threshold: number | null) => api.chooseThreshold(storeId, threshold),
    onSuccess: () => showToast(words.saved),
    onError: (error) => showToast(explain(error), { tone: "danger" }),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.credits(storeId) }),
  });
}
