import { useMutation, useQuery } from "@tanstack/react-query";

import { ApiError } from "../api/errors";
import type { CartInput, CartList, CartView } from "../api/types";
import { newKey } from "../domain/keys";
import { useAccount } from "./account";
import { keys } from "./keys";

/** In these somebody else does the next step, within seconds. */
const MOVING = new Set<CartView["state"]>(["pricing", "sharing", "paid"]);
const SOON = 1_500;

/** The latest carts of a conversation; while one moves by itself, it is looked at again and again. */
export function useCarts(conversationId: string) {
  const { api } = useAccount();
  return useQuery({
    queryKey: keys.carts(conversationId),
    queryFn: ({ signal }) => api.carts(conversationId, signal),
    refetchInterval: ({ state }) => (state.data?.rows.some((cart) => MOVING.has(cart.state)) ? SOON : false),
  });
}

/** What can be done with the carts of a conversation; the list shows the answer at once. */
export function useCartActions(conversationId: string) {
  const { api, queries } = useAccount();
  const key = keys.carts(conversationId);
  const show = (cart: CartView) => {
    queries.setQueryData<CartList>(key, (known) => ({
      rows: [cart, ...(known?.rows ?? []).filter(({ id }) => id !== cart.id)].sort((a, b) => (a.id < b.id ? 1 : -1)),
    }));
  };
  const settled = { onSuccess: show, onError: () => queries.invalidateQueries({ queryKey: key }) };
  /** As it is by now: the shop's answer counts as a change, too, and is none to be careful about. */
  const latest = async (cart: CartView) => {
    const { rows } = await api.carts(conversationId);
    return rows.find(({ id }) => id === cart.id) ?? cart;
  };
  return {
    save: useMutation({
      ...settled,
      mutationFn: async ({ cart, contents }: { cart: CartView | null; contents: CartInput }) => {
        if (cart === null) return api.beginCart(conversationId, contents, newKey());
        try {
          return await api.changeCart(conversationId, cart.id, cart.revision, contents);
        } catch (error) {
          if (!(error instanceof ApiError) || error.code !== "changed_meanwhile") throw error;
          return api.changeCart(conversationId, cart.id, (await latest(cart)).revision, contents);
        }
      },
    }),
    share: useMutation({
      ...settled,
      mutationFn: ({ cart, words }: { cart: CartView; words: string }) =>
        api.shareCart(conversationId, cart.id, cart.revision, words.trim() || null),
    }),
    cancel: useMutation({
      ...settled,
      mutationFn: (cart: CartView) => api.cancelCart(conversationId, cart.id, cart.revision),
    }),
  };
}
