import { useMutation } from "@tanstack/react-query";

import type { MessageView } from "../api/types";
import { showToast } from "../design/toasts";
import { newKey } from "../domain/keys";
import { strings } from "../strings";
import { useAccount } from "./account";
import { acceptMessage, withoutHeld, type ThreadPages } from "./cache";
import { explain } from "./explain";
import { keys } from "./keys";

export type HeldActions = ReturnType<typeof useHeldActions>;

/** What people do to a text that waits for its time (X3). */
export function useHeldActions(conversationId: string) {
  const { api, queries } = useAccount();
  const key = keys.thread(conversationId);
  const refresh = () => void queries.invalidateQueries({ queryKey: key });
  const failed = (error: unknown) => {
    showToast(explain(error), { tone: "danger" });
    refresh(); // a colleague may have been faster, or the clock
  };
  const gone = (heldId: string) => queries.setQueryData<ThreadPages>(key, (data) => data && withoutHeld(data, heldId));
  const taken = (message: MessageView) => acceptMessage(queries, conversationId, message);
  const change = useMutation({
    mutationFn: ({ heldId, ...to }: { heldId: string; body: string | null; send_at: number }) =>
      api.changeHeld(conversationId, heldId, to),
    onSuccess: taken,
    onError: refresh,
  });
  const release = useMutation({
    mutationFn: (heldId: string) => api.releaseHeld(conversationId, heldId),
    onSuccess: (message, heldId) => {
      gone(heldId);
      taken(message);
    },
    onError: failed,
  });
  // What was taken back is written anew: nothing of it is kept.
  const again = (held: MessageView, until: number, id: string) =>
    void api
      .sendMessage(conversationId, held.card?.words ?? held.body, id, {
        sendAt: Math.max(until, Date.now()),
        pictures: held.media.map((picture) => picture.id),
        ...(held.card ? { product: { id: held.card.product_id, title: held.card.title } } : {}),
      })
      .then(taken, failed);
  const cancel = useMutation({
    mutationFn: (held: MessageView) => api.cancelHeld(conversationId, held.id),
    onSuccess: (_, held) => {
      gone(held.id);
      refresh();
      const id = newKey();
      const run = () => held.held && again(held, held.held.until, id);
      showToast(strings.later.cancelled, held.template ? {} : { action: { label: strings.common.undo, run } });
    },
    onError: failed,
  });
  return { change, release, cancel };
}
