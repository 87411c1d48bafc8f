import { ArrowDown, MessageCircle } from "lucide-react";
import { Fragment, useEffect, useRef, useState } from "react";

import type { ConversationView, HandoverView, MessageView, StoreView } from "../../api/types";
import { useMe } from "../../data/queries";
import { useOutbox } from "../../data/useOutbox";
import { Button } from "../../design/Button";
import { EmptyState } from "../../design/EmptyState";
import { LoadMore } from "../../design/LoadMore";
import { useNow } from "../../hooks/useNow";
import { dayLabel, dayOf } from "../../domain/times";
import { canSendAgain } from "../../domain/writing";
import { pending } from "../../outbox/pending";
import { strings } from "../../strings";
import { Bubble } from "./Bubble";
import css from "./MessageLog.module.css";
import type { Clocks } from "./clocks";
import { Handovers } from "./Handovers";
import { HeldBubble } from "./HeldBubble";
import { nameOf } from "./names";
import { OutboxBubble } from "./OutboxBubble";

const words = strings.messaging;
const GROUP_MS = 5 * 60_000;
/** This far (in pixels) from the newest message, a new one is announced by a button. */
const FAR = 160;

interface MessageLogProps {
  store: StoreView;
  conversation: ConversationView;
  messages: MessageView[];
  /** Texts that wait for their time. */
  held: MessageView[];
  clocks: Clocks;
  handovers: HandoverView[];
  firstUnread: string | null;
  older: { hasMore: boolean; isLoading: boolean; load: () => void };
  onRetry: (messageId: string) => void;
  retrying: boolean;
}

/** All messages, newest at the bottom and in view; then what is still on its way to the server. */
export function MessageLog(props: MessageLogProps) {
  const { store, conversation, messages, held, clocks, handovers, firstUnread, older, onRetry, retrying } = props;
  const me = useMe().data;
  const outbox = useOutbox(conversation.id);
  const unsent = pending(
    outbox,
    [...messages, ...held].filter((one) => one.author_id === me?.id),
  );
  const now = useNow();
  const zone = { timeZone: store.timezone };
  const { scroller, isFar, toNewest } = useNewest(unsent.length + held.length, messages);
  const lastOutbound = unsent.length > 0 ? undefined : messages.findLast((one) => one.direction === "outbound")?.id;
  return (
    <div className={css.frame}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- focus lets the keyboard scroll the list */}
      <div ref={scroller} className={css.scroller} role="log" aria-live="off" aria-label={words.messages} tabIndex={0}>
        <div className={css.content}>
          <LoadMore label={words.older} {...older} />
          {messages.length + unsent.length + held.length === 0 && (
            <EmptyState icon={<MessageCircle size={24} />} title={words.noMessages} />
          )}
          {messages.map((message, index) => (
            <Fragment key={message.id}>
              <Handovers
                all={handovers}
                // Those before the oldest message that is loaded come with the page they belong to.
                after={messages[index - 1]?.created_at ?? (older.hasMore ? message.created_at : 0)}
                until={message.created_at}
                zone={zone}
                meId={me?.id}
              />
              {startsDay(messages, index, zone) && (
                <p className={css.day}>{dayLabel(message.created_at, now, zone, strings.time)}</p>
              )}
              {message.id === firstUnread && <p className={css.unread}>{words.newDivider}</p>}
              <Bubble
                storeId={conversation.store_id}
                conversationId={conversation.id}
                message={message}
                quoted={messages.find((one) => one.id === message.quotes)?.body}
                zone={zone}
                author={author(message, nameOf(conversation))}
                showsAuthor={message.author_id !== null && message.author_id !== me?.id && !continues(messages, index)}
                continues={continues(messages, index)}
                isLastOutbound={message.id === lastOutbound}
                canRetry={message.can_retry && canSendAgain(conversation, message.kind)} // else the composer says why
                isRetrying={retrying}
                onRetry={onRetry}
              />
            </Fragment>
          ))}
          <Handovers
            all={handovers}
            after={messages.at(-1)?.created_at ?? 0}
            until={Number.MAX_SAFE_INTEGER}
            zone={zone}
            meId={me?.id}
          />
          {unsent.map((entry) => (
            <OutboxBubble key={entry.key} entry={entry} zone={zone} />
          ))}
          {held.length > 0 && <p className={css.waiting}>{strings.later.waiting(held.length)}</p>}
          {held.map((one) => (
            <HeldBubble
              key={one.id}
              held={one}
              conversation={conversation}
              clocks={clocks}
              showsAuthor={one.author_id !== me?.id}
            />
          ))}
        </div>
      </div>
      {isFar && (
        <Button size="small" className={css.jump ?? ""} onPress={toNewest}>
          <ArrowDown size={14} aria-hidden="true" />
          {words.jump}
        </Button>
      )}
      <Arrivals messages={messages} name={nameOf(conversation)} />
    </div>
  );
}

/** Own texts bring the newest into view; a customer's text does not pull away from what is being read. */
function useNewest(unsent: number, messages: MessageView[]) {
  const scroller = useRef<HTMLDivElement>(null);
  const [seenId, setSeenId] = useState(messages.at(-1)?.id);
  const [isAway, setIsAway] = useState(false);
  const newest = messages.at(-1);
  const toNewest = () => {
    scroller.current?.scrollTo({ top: 0 });
    setSeenId(newest?.id);
  };
  useEffect(() => {
    if (unsent > 0) scroller.current?.scrollTo({ top: 0 });
  }, [unsent]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    // The content is laid out from the bottom: 0 is the newest, older is negative.
    const scrolled = () => setIsAway(element.scrollTop < -FAR);
    element.addEventListener("scroll", scrolled, { passive: true });
    return () => element.removeEventListener("scroll", scrolled);
  }, []);
  if (!isAway && seenId !== newest?.id) setSeenId(newest?.id);
  return { scroller, isFar: isAway && newest?.direction === "inbound" && newest.id !== seenId, toNewest };
}

/** Tells screen readers of a customer's text as it arrives. */
function Arrivals({ messages, name }: { messages: MessageView[]; name: string }) {
  const [known] = useState(() => messages.at(-1)?.id ?? "");
  const newest = messages.findLast((message) => message.direction === "inbound");
  return (
    <p aria-live="polite" className="visually-hidden">
      {newest && newest.id > known
        ? words.arrived(name, newest.body || strings.media.arrived(newest.media.length))
        : ""}
    </p>
  );
}

function author(message: MessageView, customer: string): string {
  return message.direction === "inbound" ? customer : (message.author_name ?? words.automatic);
}

function startsDay(messages: MessageView[], index: number, zone: { timeZone: string }): boolean {
  const [message, before] = [messages[index], messages[index - 1]];
  return !!message && (!before || dayOf(message.created_at, zone) !== dayOf(before.created_at, zone));
}

/** Same writer, shortly after: drawn closely below. */
function continues(messages: MessageView[], index: number): boolean {
  const [message, before] = [messages[index], messages[index - 1]];
  if (!message || !before) return false;
  const sameWriter =
    message.direction === before.direction && message.author_id === before.author_id && message.kind === before.kind;
  return sameWriter && message.created_at - before.created_at < GROUP_MS;
}
