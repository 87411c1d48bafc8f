import type { InfiniteData, QueryClient } from "@tanstack/react-query";

import type { ConversationPage, ConversationView, MessageView, Thread } from "../api/types";
import { keys } from "./keys";

export type ThreadPages = InfiniteData<Thread>;
export type ListPages = InfiniteData<ConversationPage>;

/** The server took a message: show it at once, before the next fetch. */
export function acceptMessage(queries: QueryClient, conversationId: string, message: MessageView): void {
  queries.setQueryData<ThreadPages>(keys.thread(conversationId), (data) => data && withMessage(data, message));
  void queries.invalidateQueries({ queryKey: keys.thread(conversationId) });
  void queries.invalidateQueries({ queryKey: keys.allConversations });
}

/** A message replaces its older version, or comes last. Page 0 is the newest. */
export function withMessage(data: ThreadPages, message: MessageView): ThreadPages {
  if (message.held) return withHeld(data, message);
  const known = data.pages.some((page) => page.messages.some((other) => other.id === message.id));
  const pages = data.pages.map((page, index) => {
    if (known) {
      return { ...page, messages: page.messages.map((other) => (other.id === message.id ? message : other)) };
    }
    return index === 0 ? { ...page, messages: [...page.messages, message] } : page;
  });
  return { ...data, pages };
}

/** A waiting text replaces its older version; the earliest comes first. */
function withHeld(data: ThreadPages, held: MessageView): ThreadPages {
  const others = data.pages[0]?.held.filter((other) => other.id !== held.id) ?? [];
  const due = (one: MessageView) => one.held?.until ?? 0;
  return onFirstPage(data, { held: [...others, held].sort((one, other) => due(one) - due(other)) });
}

/** A text waits no longer: it was taken back, or has become a message. */
export function withoutHeld(data: ThreadPages, heldId: string): ThreadPages {
  return onFirstPage(data, { held: data.pages[0]?.held.filter((other) => other.id !== heldId) ?? [] });
}

function onFirstPage(data: ThreadPages, change: Partial<Thread>): ThreadPages {
  return { ...data, pages: data.pages.map((page, index) => (index === 0 ? { ...page, ...change } : page)) };
}

/** The conversation changed (closed, read, ...): show it in the thread and in every list. */
export function patchConversation(queries: QueryClient, id: string, change: Partial<ConversationView>): void {
  queries.setQueryData<ThreadPages>(keys.thread(id), (data) => {
    if (!data) return data;
    const pages = data.pages.map((page) => ({ ...page, conversation: { ...page.conversation, ...change } }));
    return { ...data, pages };
  });
  queries.setQueriesData<ListPages>({ queryKey: keys.allConversations }, (data) => {
    if (!data) return data;
    const pages = data.pages.map((page) => ({
      ...page,
      rows: page.rows.map((row) => (row.id === id ? { ...row, ...change } : row)),
    }));
    return { ...data, pages };
  });
}

/** The id of the newest message that is known; none: before all others. */
export function newestOf(queries: QueryClient, conversationId: string): string {
  return queries.getQueryData<ThreadPages>(keys.thread(conversationId))?.pages[0]?.messages.at(-1)?.id ?? "";
}

/** All messages that were loaded, oldest first, each once. */
export function messagesOf(data: ThreadPages): MessageView[] {
  const all = data.pages.toReversed().flatMap((page) => page.messages);
  return [...new Map(all.map((message) => [message.id, message])).values()];
}
