import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { useAccount } from "./account";
import { keys } from "./keys";

const FIRST_PAGE = null as string | null;

export function useMe() {
  const { api } = useAccount();
  return useQuery({ queryKey: keys.me, queryFn: ({ signal }) => api.me(signal), staleTime: 300_000 });
}

/** Whether one is away. */
export function useAbsence() {
  const { api } = useAccount();
  return useQuery({ queryKey: keys.absence, queryFn: ({ signal }) => api.absence(signal), staleTime: 300_000 });
}

export function useUnread(enabled = true) {
  const { api } = useAccount();
  return useQuery({ queryKey: keys.unread, queryFn: ({ signal }) => api.unread(signal), enabled });
}

/** Who can look after conversations of a store. */
export function useColleagues(storeId: string) {
  const { api } = useAccount();
  return useQuery({
    queryKey: keys.colleagues(storeId),
    queryFn: ({ signal }) => api.colleagues(storeId, signal),
    staleTime: 300_000,
  });
}

export function useConversations(storeId: string, state: "open" | "closed", q: string, mine: boolean) {
  const { api } = useAccount();
  return useInfiniteQuery({
    queryKey: keys.conversationList(storeId, state, q, mine),
    queryFn: ({ pageParam, signal }) =>
      api.conversations(storeId, { state, q, cursor: pageParam, ...(mine ? { assigned: "me" } : {}) }, signal),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next,
    // While a search is being typed the former rows stay; another store's or tab's never do.
    placeholderData: (data, query) =>
      query?.queryKey[1] === storeId && query.queryKey[2] === state && query.queryKey[4] === mine
        ? keepPreviousData(data)
        : undefined,
  });
}

export function useThread(id: string) {
  const { api } = useAccount();
  return useInfiniteQuery({
    queryKey: keys.thread(id),
    queryFn: ({ pageParam, signal }) => api.thread(id, pageParam, signal),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next,
  });
}

export function useCustomer(conversationId: string) {
  const { api } = useAccount();
  return useQuery({
    queryKey: keys.customer(conversationId),
    queryFn: ({ signal }) => api.customer(conversationId, signal),
  });
}

export function useOrders(storeId: string, startable: boolean, q: string) {
  const { api } = useAccount();
  return useInfiniteQuery({
    queryKey: keys.orderList(storeId, startable, q),
    queryFn: ({ pageParam, signal }) =>
      api.orders(storeId, { q, cursor: pageParam, ...(startable ? { startable } : {}) }, signal),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next,
    placeholderData: (data, query) => (query?.queryKey[1] === storeId ? keepPreviousData(data) : undefined),
  });
}

export function useOrder(id: string) {
  const { api } = useAccount();
  return useQuery({ queryKey: keys.order(id), queryFn: ({ signal }) => api.order(id, signal) });
}
