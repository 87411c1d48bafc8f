import { useMutation } from "@tanstack/react-query";

import type { CustomerTags, CustomerView } from "../api/types";
import { showToast } from "../design/toasts";
import { strings } from "../strings";
import { useAccount } from "./account";
import { explain } from "./explain";
import { keys } from "./keys";

interface Change {
  add: string[];
  remove: string[];
}

/** Gives the customer of a conversation tags, or takes some away, which can be taken back. Failures become toasts. */
export function useTagging(id: string, removed: (tag: string) => string) {
  const { api, queries } = useAccount();
  const failed = (error: unknown) => showToast(explain(error), { tone: "danger" });
  const changed = ({ tags }: CustomerTags) => {
    queries.setQueryData<CustomerView>(keys.customer(id), (was) => was && { ...was, tags });
    void queries.invalidateQueries({ queryKey: keys.allCustomers });
  };
  return useMutation({
    mutationFn: ({ add, remove }: Change) => api.tag(id, add, remove),
    onSuccess: (found, { remove }) => {
      changed(found);
      const [gone] = remove;
      if (gone === undefined) return;
      const run = () => void api.tag(id, [gone], []).then(changed, failed);
      showToast(removed(gone), { action: { label: strings.common.undo, run } });
    },
    onError: failed,
  });
}
