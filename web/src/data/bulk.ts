import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";

import type { BulkPart, BulkResult, BulkView, OrderPage } from "../api/types";
import { showToast } from "../design/toasts";
import { useAccount } from "./account";
import { explain } from "./explain";
import { keys } from "./keys";

/** Orders, or contacts, in one bulk, at most. */
export const MOST = 10_000;
/** Of them are settled together. */
const PART = 25;
const SOON_MS = 2_000;
const SLEEPING_MS = 30_000;

const failed = (error: unknown) => showToast(explain(error), { tone: "danger" });

export const isOver = ({ state }: Pick<BulkView, "state">) => state === "done" || state === "cancelled";

/** How many parts can be read: one that is settled, and the last one of a bulk that was cancelled in the midst of it. */
export function settledParts(bulk: Pick<BulkView, "sent" | "unsent" | "total" | "parts" | "state">) {
  const done = bulk.sent + bulk.unsent;
  if (done === bulk.total) return bulk.parts;
  return isOver(bulk) ? Math.ceil(done / PART) : Math.floor(done / PART);
}

/** Without those that a cancelled bulk did not come to. */
const settledOnly = (part: BulkPart): BulkPart => ({ ...part, rows: part.rows.filter(({ settled }) => settled) });

/** When to ask again how far it is; false: never. */
function askAgain(bulks: BulkView[]): number | false {
  const running = bulks.filter(({ state }) => state === "running");
  if (running.length === 0) return bulks.every(isOver) ? false : SLEEPING_MS;
  return running.some(({ due_at }) => due_at <= Date.now()) ? SOON_MS : SLEEPING_MS;
}

export function useBulks(storeId: string) {
  const { api } = useAccount();
  return useQuery({
    queryKey: keys.bulks(storeId),
    queryFn: ({ signal }) => api.bulks(storeId, signal),
    refetchInterval: ({ state }) => askAgain(state.data?.rows ?? []),
  });
}

export function useBulk(storeId: string, id: string) {
  const { api } = useAccount();
  return useQuery({
    queryKey: keys.bulk(storeId, id),
    queryFn: ({ signal }) => api.bulk(storeId, id, signal),
    refetchInterval: ({ state }) => askAgain(state.data ? [state.data] : []),
  });
}

/** What became of each: only what is settled, which never changes any more. */
export function useBulkResults(storeId: string, bulk: BulkView) {
  const { api } = useAccount();
  const parts = settledParts(bulk);
  return useInfiniteQuery({
    queryKey: keys.bulkResults(storeId, bulk.id),
    queryFn: async ({ pageParam, signal }) => settledOnly(await api.bulkResults(storeId, bulk.id, pageParam, signal)),
    initialPageParam: 1,
    getNextPageParam: (_: BulkPart, pages) => (pages.length < parts ? pages.length + 1 : null),
    enabled: parts > 0,
    staleTime: Infinity,
  });
}

/** Starts one. The same key never starts two. */
export function useStartBulk(storeId: string) {
  const { api, queries } = useAccount();
  return useMutation({
    mutationFn: ({ key, ...body }: { text: string; to: BulkView["to"]; ids: string[]; key: string }) =>
      api.startBulk(storeId, body, key),
    onSuccess: (bulk) => {
      queries.setQueryData(keys.bulk(storeId, bulk.id), bulk);
      void queries.invalidateQueries({ queryKey: keys.bulks(storeId) });
    },
  });
}

export function useSteerBulk(storeId: string, id: string) {
  const { api, queries } = useAccount();
  return useMutation({
    mutationFn: (to: "pause" | "resume" | "cancel") => api.steerBulk(storeId, id, to),
    onSuccess: (bulk) => queries.setQueryData(keys.bulk(storeId, id), bulk),
    onError: failed,
    onSettled: () => queries.invalidateQueries({ queryKey: keys.bulks(storeId) }),
  });
}

/** Every result there is so far, part by part; `read` is told how many parts. */
export function useEveryResult(storeId: string, bulk: BulkView) {
  const { api } = useAccount();
  return async (read: (parts: number) => void): Promise<BulkResult[]> => {
    const rows: BulkResult[] = [];
    for (let part = 1; part <= settledParts(bulk); part += 1) {
      read(part);
      rows.push(...settledOnly(await api.bulkResults(storeId, bulk.id, part)).rows);
    }
    return rows;
  };
}

interface Pages {
  data?: { pages: OrderPage[] } | undefined;
  hasNextPage: boolean;
  fetchNextPage: () => Promise<Pages & { isError: boolean; error: unknown }>;
}

const idsOf = (pages: Pages) => (pages.data?.pages ?? []).flatMap((page) => page.rows.map((row) => row.id));

/** Reads all pages of a list of orders, the newest first, up to what one bulk takes. Stopped, it gives what it has. */
export function useEveryOrder(orders: Pages) {
  const [found, setFound] = useState<number | null>(null);
  const stopped = useRef(false);
  const isStopped = () => stopped.current;
  const run = async (): Promise<string[]> => {
    stopped.current = false;
    let at: Pages = orders;
    while (at.hasNextPage && !isStopped() && idsOf(at).length < MOST) {
      setFound(idsOf(at).length);
      const next = await at.fetchNextPage();
      if (next.isError) {
        failed(next.error);
        break;
      }
      at = next;
    }
    setFound(null);
    return idsOf(at).slice(0, MOST);
  };
  return { run, stop: () => (stopped.current = true), found };
}
