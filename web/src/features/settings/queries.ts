import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { useState } from "react";

import type { ChangeProxy, ChangeStore, TransferView } from "../../api/types";
import { useAccount } from "../../data/account";
import { explain } from "../../data/explain";
import { keys } from "../../data/keys";
import { showToast } from "../../design/toasts";
import { words } from "./words";

export function useProxies(storeId: string) {
  const { api } = useAccount();
  return useQuery({ queryKey: keys.proxies(storeId), queryFn: ({ signal }) => api.proxies(storeId, signal) });
}

export function useQuietHours(storeId: string) {
  const { api } = useAccount();
  return useQuery({ queryKey: keys.quietHours(storeId), queryFn: ({ signal }) => api.quietHours(storeId, signal) });
}

export function useStoreSettings(storeId: string) {
  const { api } = useAccount();
  return useQuery({ queryKey: keys.settings(storeId), queryFn: ({ signal }) => api.settings(storeId, signal) });
}

/** Changes them; what somebody else chose meanwhile is shown, and left as it is. */
export function useChangeSettings(storeId: string) {
  const { api } = useAccount();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: ChangeStore) => api.changeSettings(storeId, body),
    onSuccess: (now) => {
      queries.setQueryData(keys.settings(storeId), now);
      showToast(words.starting.saved);
    },
    onError: (error) => {
      showToast(explain(error), { tone: "danger" });
      void queries.invalidateQueries({ queryKey: keys.settings(storeId) });
    },
  });
}

export function useTransfers(storeId: string) {
  const { api } = useAccount();
  return useQuery({ queryKey: keys.transfers(storeId), queryFn: ({ signal }) => api.transfers(storeId, signal) });
}

/** While one is being read, it is asked how far it is. */
export function useCatalogues(storeId: string) {
  const { api } = useAccount();
  return useQuery({
    queryKey: keys.catalogues(storeId),
    queryFn: ({ signal }) => api.catalogues(storeId, signal),
    refetchInterval: ({ state }) =>
      state.data?.rows.some(
        ({ phase, orders }) => phase === "reading" || phase === "checking" || orders?.phase === "reading",
      )
        ? 5_000
        : false,
  });
}

/** Begins to read a shop: its catalogue, or its orders that have changed. */
export function useReadShop(storeId: string, what: "catalogue" | "orders") {
  const { api } = useAccount();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (connectionId: string) =>
      what === "orders" ? api.readOrders(storeId, connectionId) : api.readCatalogue(storeId, connectionId),
    onSuccess: (shops) => queries.setQueryData(keys.catalogues(storeId), shops),
    onError: (error) => showToast(explain(error), { tone: "danger" }),
  });
}

type Transferring = { from: string; to: string } | { go: string } | { undo: string };

/** Starts, takes up or undoes a transfer, and goes on step by step until nothing is left to move. */
export function useTransferring(storeId: string) {
  const { api } = useAccount();
  const queries = useQueryClient();
  const [progress, setProgress] = useState<TransferView | null>(null);
  const first = (what: Transferring) => {
    if ("from" in what) return api.startTransfer(storeId, what.from, what.to);
    return "go" in what ? api.continueTransfer(storeId, what.go) : api.undoTransfer(storeId, what.undo);
  };
  const work = useMutation({
    mutationFn: async (what: Transferring) => {
      let step = await first(what);
      void queries.invalidateQueries({ queryKey: keys.transfers(storeId) });
      while (!step.finished) {
        setProgress(step);
        step = await api.continueTransfer(storeId, step.id);
      }
      return step;
    },
    onSuccess: () => showToast(words.transfers.finished),
    onError: (error) => showToast(explain(error), { tone: "danger" }),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: keys.transfers(storeId) });
      void queries.invalidateQueries({ queryKey: keys.proxies(storeId) });
      setProgress(null);
    },
  });
  return { progress, isPending: work.isPending, mutate: work.mutate };
}

/** Says what an address can do from now on; undone by saying what it was. */
export function useChangeProxy(storeId: string, said: string, undo: string) {
  const { api } = useAccount();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: keys.proxies(storeId) });
  const failed = (error: unknown) => showToast(explain(error), { tone: "danger" });
  const change = (body: ChangeProxy) => api.changeProxy(storeId, body).then(refresh);
  return useMutation({
    mutationFn: ({ to }: { to: ChangeProxy; was: ChangeProxy }) => change(to),
    onSuccess: (_, { was }) => showToast(said, { action: { label: undo, run: () => void change(was).catch(failed) } }),
    onError: failed,
  });
}
