import { useMutation } from "@tanstack/react-query";

import type { Assign, ConversationView } from "../api/types";
import { showToast } from "../design/toasts";
import { strings } from "../strings";
import { useAccount } from "./account";
import { acceptMessage, patchConversation } from "./cache";
import { explain } from "./explain";
import { keys } from "./keys";
import { markingRead, markingUnread } from "./reading";

const failed = (error: unknown) => showToast(explain(error), { tone: "danger" });

/** What an associate does to a conversation. Failures become toasts. */
export function useConversationActions(id: string) {
  const { api, queries } = useAccount();
  const refresh = () => {
    for (const queryKey of [keys.allConversations, keys.thread(id), keys.unread]) {
      void queries.invalidateQueries({ queryKey });
    }
  };
  const changed = (conversation: ConversationView) => {
    patchConversation(queries, id, conversation);
    refresh();
  };
  const reopen = useMutation({ mutationFn: () => api.reopen(id), onSuccess: changed, onError: failed });
  const close = useMutation({
    mutationFn: () => api.close(id),
    onSuccess: (conversation) => {
      changed(conversation);
      const undo = () => void api.reopen(id).then(changed, failed);
      showToast(strings.messaging.closed, { action: { label: strings.common.undo, run: undo } });
    },
    onError: failed,
  });
  const assign = useMutation({
    mutationFn: (change: Assign) => api.assign(id, change),
    onSuccess: changed,
    onError: (error) => {
      failed(error);
      refresh(); // a colleague may have been faster: show whose it is
    },
  });
  const remove = useMutation({
    mutationFn: () => api.remove(id),
    onSuccess: () => {
      showToast(strings.messaging.deleted);
      for (const queryKey of [keys.allConversations, keys.unread, keys.allOrders, keys.allOrderPages]) {
        void queries.invalidateQueries({ queryKey });
      }
    },
    onError: failed,
  });
  const goOn = useMutation({
    mutationFn: () => api.continueElsewhere(id),
    onSuccess: (conversation) => {
      changed(conversation);
      showToast(strings.composer.wentOn);
    },
    onError: failed,
  });
  const setRight = useMutation({
    mutationFn: () => api.setRightOptOut(id),
    onSuccess: (conversation) => {
      changed(conversation);
      void queries.invalidateQueries({ queryKey: keys.customer(id) });
      showToast(strings.consent.wasSetRight);
    },
    onError: (error) => {
      failed(error);
      refresh(); // the customer may have said STOP meanwhile
    },
  });
  const markUnread = useMutation({ ...markingUnread(api, id), onSuccess: refresh, onError: failed });
  const markRead = useMutation(markingRead(api, queries, id));
  const retry = useMutation({
    mutationFn: (messageId: string) => api.retryMessage(id, messageId),
    onSuccess: (message) => acceptMessage(queries, id, message),
    onError: (error) => {
      failed(error);
      void queries.invalidateQueries({ queryKey: keys.thread(id) });
    },
  });
  return { assign, goOn, setRight, reopen, close, remove, markUnread, markRead, retry };
}

interface Start {
  orderId: string;
  body: string;
  key: string;
  /** How the customer learns of it, where that is not what the store is set up for. */
  chatLink?: "in_text" | "off";
  pictures: string[];
}

/** Starts the conversation about an order. The same key never starts or sends twice. */
export function useStartConversation(storeId: string) {
  const { api, queries } = useAccount();
  return useMutation({
    mutationFn: ({ orderId, body, key, chatLink, pictures }: Start) =>
      api.startConversation(storeId, { order_id: orderId, body, chat_link: chatLink ?? null, pictures }, key),
    onSuccess: (thread, { orderId }) => {
      queries.setQueryData(keys.thread(thread.conversation.id), { pages: [thread], pageParams: [null] });
      for (const queryKey of [keys.conversations(storeId), keys.orders(storeId), keys.order(orderId)]) {
        void queries.invalidateQueries({ queryKey });
      }
    },
  });
}
