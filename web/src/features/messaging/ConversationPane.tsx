import { MessageCircleOff } from "lucide-react";
import { Suspense, useEffect, useMemo, useState } from "react";
import { useLocation } from "wouter";

import { ApiError } from "../../api/errors";
import type { ClockView, MessageView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { paths } from "../../app/paths";
import { quietly } from "../../app/quietly";
import { useAccount } from "../../data/account";
import { useConversationActions } from "../../data/actions";
import { messagesOf, type ThreadPages } from "../../data/cache";
import { keys } from "../../data/keys";
import { useThread } from "../../data/queries";
import { Button } from "../../design/Button";
import { EmptyState } from "../../design/EmptyState";
import { SkeletonRows } from "../../design/Skeleton";
import { useAttention } from "../../hooks/useAttention";
import { strings } from "../../strings";
import type { Clocks } from "./clocks";
import { Composer } from "./Composer";
import { ConversationHeader } from "./ConversationHeader";
import css from "./ConversationPane.module.css";
import { LookingToo } from "./LookingToo";
import { MessageLog } from "./MessageLog";
import { nameOf } from "./names";
import { useCollision } from "./useCollision";

const CartCards = quietly(() => import("../carts/CartCards"));
const words = strings.messaging;

/** The centre pane: the conversation and the box to write in. Give it a key per conversation. */
export function ConversationPane({ store, id }: { store: StoreView; id: string }) {
  const thread = useThread(id);
  const gone = thread.error instanceof ApiError && thread.error.status === 404;
  if (thread.data && !gone) {
    return (
      <Conversation
        store={store}
        data={thread.data}
        older={{
          hasMore: thread.hasNextPage,
          isLoading: thread.isFetchingNextPage,
          load: () => void thread.fetchNextPage(),
        }}
      />
    );
  }
  return (
    <section className={css.pane} aria-label={words.pane("")}>
      {thread.isPending && <SkeletonRows label={words.loadingThread} />}
      {gone && <Gone store={store} />}
      {thread.isError && !gone && <LoadFailure error={thread.error} retry={() => void thread.refetch()} />}
    </section>
  );
}

/** Trying again will not help, but there is a way back. */
function Gone({ store }: { store: StoreView }) {
  const [, go] = useLocation();
  const action = <Button onPress={() => go(paths.messaging(store.id))}>{words.back}</Button>;
  return (
    <EmptyState alert icon={<MessageCircleOff size={24} />} title={words.gone} action={action}>
      {words.goneText}
    </EmptyState>
  );
}

interface ConversationProps {
  store: StoreView;
  data: ThreadPages;
  older: { hasMore: boolean; isLoading: boolean; load: () => void };
}

function Conversation({ store, data, older }: ConversationProps) {
  const [, go] = useLocation();
  const { queries } = useAccount();
  const newest = data.pages[0];
  if (!newest) throw new Error("a thread has a page");
  const { conversation } = newest;
  const messages = messagesOf(data);
  const collision = useCollision(messages);
  const clocks = useClocks(store, newest.clock);
  const actions = useConversationActions(conversation.id);
  useMarkRead(conversation.unread, messages.at(-1)?.id, actions.markRead.mutate);
  // As it was on opening: the divider stays where it is while the messages become read.
  const [firstUnread] = useState(() => firstUnreadOf(messages, conversation.unread));
  const leave = () => go(paths.messaging(store.id));
  return (
    <section className={css.pane} aria-label={words.pane(nameOf(conversation))}>
      <ConversationHeader
        store={store}
        conversation={conversation}
        isPending={actions.close.isPending || actions.reopen.isPending}
        isRemoving={actions.remove.isPending}
        onClose={() => actions.close.mutate()}
        onReopen={() => actions.reopen.mutate()}
        onAssign={(to) => actions.assign.mutate({ to, was: conversation.assignee_id })}
        onMarkUnread={() => {
          leave();
          actions.markUnread.mutate();
        }}
        onRemove={() =>
          actions.remove.mutate(undefined, {
            onSuccess: () => {
              leave();
              queries.removeQueries({ queryKey: keys.thread(conversation.id) });
            },
          })
        }
      />
      <MessageLog
        store={store}
        conversation={conversation}
        messages={messages}
        held={newest.held}
        clocks={clocks}
        handovers={newest.handovers}
        firstUnread={firstUnread}
        older={older}
        onRetry={(messageId) => actions.retry.mutate(messageId)}
        retrying={actions.retry.isPending}
      />
      <Suspense fallback={null}>
        <CartCards store={store} conversationId={conversation.id} />
      </Suspense>
      <LookingToo id={conversation.id} />
      <Composer
        store={store}
        conversation={conversation}
        clocks={clocks}
        optOut={data.pages[0]?.opt_out ?? null}
        said={messages.find((message) => message.id === data.pages[0]?.opt_out?.message_id)?.body ?? null}
        onSetRight={() => actions.setRight.mutate()}
        isSettingRight={actions.setRight.isPending}
        collision={collision}
        proxyState={newest.proxy_state}
        onReopen={() => actions.reopen.mutate()}
        onGoOn={() => actions.goOn.mutate()}
        isGoingOn={actions.goOn.isPending}
      />
    </section>
  );
}

/** The same as long as they show the same. */
function useClocks(store: StoreView, clock: ClockView): Clocks {
  return useMemo(() => ({ store, clock }), [store, clock]);
}

/** What somebody looks at is read. */
function useMarkRead(unread: number, lastId: string | undefined, markRead: (upTo: string) => void): void {
  const looking = useAttention();
  useEffect(() => {
    if (looking && unread > 0 && lastId !== undefined) markRead(lastId);
  }, [looking, unread, lastId, markRead]);
}

function firstUnreadOf(messages: MessageView[], unread: number): string | null {
  const inbound = messages.filter((message) => message.direction === "inbound");
  return unread > 0 ? (inbound.at(-unread)?.id ?? null) : null;
}
