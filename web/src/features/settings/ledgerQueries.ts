import { useInfiniteQuery } from "@tanstack/react-query";

import type { Api, LedgerQuery } from "../../api/api";
import type { LedgerLine } from "../../api/types";
import { useAccount } from "../../data/account";
import { keys } from "../../data/keys";

/** Days such as `2026-11-22`, both included; empty: no bound. */
export interface Span {
  from: string;
  to: string;
}

const FIRST_PAGE = null as string | null;
const PAGE = 100;

/** In the browser's own time: whole days there. */
export function bounds({ from, to }: Span): LedgerQuery {
  const since = from === "" ? NaN : new Date(`${from}T00:00`).getTime();
  const until = to === "" ? NaN : nextDay(to);
  return { ...(since >= 0 && { since }), ...(until >= 0 && { until }) };
}

function nextDay(day: string): number {
  const midnight = new Date(`${day}T00:00`);
  midnight.setDate(midnight.getDate() + 1);
  return midnight.getTime();
}

export function useLedger(storeId: string, span: Span) {
  const { api } = useAccount();
  return useInfiniteQuery({
    queryKey: keys.ledger(storeId, span.from, span.to),
    queryFn: ({ pageParam, signal }) => api.ledger(storeId, { ...bounds(span), cursor: pageParam }, signal),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next,
    staleTime: 0, // it is looked at to see what just happened
  });
}

/** Every line of the span, newest first, page by page; `onProgress` hears how many there are so far. */
export async function everyLine(
  api: Pick<Api, "ledger" | "unmaskLedger">,
  storeId: string,
  span: Span,
  options: { real: boolean; signal: AbortSignal; onProgress: (lines: number) => void },
): Promise<LedgerLine[]> {
  const pageOf = options.real ? api.unmaskLedger : api.ledger;
  const found: LedgerLine[] = [];
  let cursor = FIRST_PAGE;
  do {
    const page = await pageOf(storeId, { ...bounds(span), cursor, limit: PAGE }, options.signal);
    found.push(...page.rows);
    options.onProgress(found.length);
    cursor = page.next;
  } while (cursor !== null);
  return found;
}
