import { useInfiniteQuery, useMutation } from "@tanstack/react-query";

import type { ProductPage, ProductView } from "../api/types";
import { showToast } from "../design/toasts";
import { useAccount } from "./account";
import { explain } from "./explain";
import { keys } from "./keys";

/** What the shop sells; with `q`, what has these words or this code. */
export function useProducts(storeId: string, q: string) {
  const { api } = useAccount();
  return useInfiniteQuery({
    queryKey: keys.productList(storeId, q),
    queryFn: ({ pageParam, signal }) =>
      api.products(storeId, { ...(q === "" ? {} : { q }), cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: ProductPage) => page.next,
  });
}

/** One more or one fewer of my favourites; the lists follow. */
export function useFavourite(storeId: string) {
  const { api, queries } = useAccount();
  return useMutation({
    mutationFn: ({ id, favourite }: ProductView) => api.favourite(storeId, id, !favourite),
    onError: (error) => showToast(explain(error), { tone: "danger" }),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.products(storeId) }),
  });
}
