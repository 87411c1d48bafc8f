import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { ApiError } from "../../api/errors";
import type { MerchantPhone } from "../../api/types";
import { useAccount } from "../../data/account";
import { explain } from "../../data/explain";
import { keys } from "../../data/keys";
import { showToast } from "../../design/toasts";
import { strings } from "../../strings";
import { templateWords } from "./templateWords";

const words = templateWords.merchant;

export function useMerchantPhone(storeId: string) {
  const { api } = useAccount();
  return useQuery({
    queryKey: keys.merchantPhone(storeId),
    queryFn: ({ signal }) => api.merchantPhone(storeId, signal),
    staleTime: 0,
  });
}

/** What is wrong with a number, in words for the field; none where it is something else. */
export function problemOf(error: unknown): string | undefined {
  if (!(error instanceof ApiError) || error.code !== "invalid_input") return undefined;
  return error.details["problem"] === "ours" ? words.ours : words.wrong;
}

/** Sets the number, or takes it away; undone by setting what was there. */
export function useChangeMerchantPhone(storeId: string) {
  const { api } = useAccount();
  const queries = useQueryClient();
  const store = (now: MerchantPhone) => {
    queries.setQueryData(keys.merchantPhone(storeId), now);
    void queries.invalidateQueries({ queryKey: keys.storeTemplates(storeId) });
  };
  const failed = (error: unknown) => {
    if (problemOf(error) !== undefined) return;
    showToast(explain(error), { tone: "danger" });
    void queries.invalidateQueries({ queryKey: keys.merchantPhone(storeId) });
  };
  const change = (phone: string, was: string) =>
    api.changeMerchantPhone(storeId, { phone: phone || null, phone_was: was || null });
  return useMutation({
    mutationFn: ({ phone, was }: { phone: string; was: string }) => change(phone, was),
    onSuccess: (now, { was }) => {
      store(now);
      const undo = () =>
        void change(was, now.phone ?? "")
          .then(store)
          .catch(failed);
      showToast(now.phone === null ? words.taken : words.saved, {
        action: { label: strings.common.undo, run: undo },
      });
    },
    onError: failed,
  });
}
