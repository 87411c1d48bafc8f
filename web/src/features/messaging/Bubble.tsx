import { memo, Suspense } from "react";

import type { MessageView } from "../../api/types";
import { quietly } from "../../app/quietly";
import { classes } from "../../design/classes";
import { withLinks } from "../../domain/links";
import { clockTime, dateAndTime, type Zone } from "../../domain/times";
import { strings } from "../../strings";
import { textWords } from "../../textWords";
import { Attachments } from "./Attachments";
import css from "./Bubble.module.css";
import { Folded, MailHead } from "./MailParts";
import { Retry } from "./Retry";
import { Status } from "./Status";

const ProductCard = quietly(() => import("../products/ProductCard"));
const words = strings.messaging;

interface BubbleProps {
  storeId: string;
  conversationId: string;
  message: MessageView;
  /** What the customer answers to with it. */
  quoted?: string | undefined;
  zone: Zone;
  author: string;
  /** A colleague wrote it: say who. */
  showsAuthor: boolean;
  /** Goes on where the one above ends. */
  continues: boolean;
  isLastOutbound: boolean;
  /** The server would take it again. */
  canRetry: boolean;
  isRetrying: boolean;
  onRetry: (messageId: string) => void;
}

/** One message, with what became of it. */
export const Bubble = memo(function Bubble(props: BubbleProps) {
  const { message, zone, author, isRetrying, onRetry } = props;
  const asks = message.kind === "opt_in_request";
  const said = message.card?.words ?? message.body;
  const media = message.media.filter(({ id }) => id !== message.card?.picture_id);
  const isAutomatic = message.kind !== "text" && !asks;
  return (
    <article
      className={classes(css.message, css[message.direction], props.continues && css.continues)}
      data-testid="message"
      data-status={message.status}
      data-direction={message.direction}
    >
      {props.showsAuthor ? <p className={css.author}>{author}</p> : <p className="visually-hidden">{author}</p>}
      {props.quoted !== undefined && (
        <p className={css.quoted} dir="auto" data-testid="quoted">
          <span className="visually-hidden">{words.answers}</span>
          {props.quoted}
        </p>
      )}
      {message.mail && <MailHead mail={message.mail} storeId={props.storeId} />}
      {media.length > 0 && (
        <Attachments conversationId={props.conversationId} message={{ ...message, media }} author={author} />
      )}
      {(said.trim() !== "" || (media.length === 0 && !message.card)) && (
        <p className={classes(css.bubble, isAutomatic && css.automatic)} dir="auto">
          <Body text={said} />
        </p>
      )}
      {message.card && (
        <Suspense fallback={<p className={css.bubble}>{message.card.title}</p>}>
          <ProductCard conversationId={props.conversationId} message={message} />
        </Suspense>
      )}
      {message.mail && message.mail.folded !== "" && <Folded text={message.mail.folded} />}
      <p className={css.foot}>
        {asks && <span className={css.whole}>{words.asked}</span>}
        {isAutomatic && <span className={css.whole}>{textWords.events[message.event ?? ""] ?? words.automatic}</span>}
        {message.template && <span className={css.whole}>{words.template}</span>}
        {message.attempt > 1 && <span className={css.whole}>{words.attempt(message.attempt)}</span>}
        <time className={css.whole} title={dateAndTime(message.created_at, zone)}>
          {clockTime(message.created_at, zone)}
        </time>
        {message.direction === "outbound" && (
          <Status status={message.checking ? "checking" : message.status} isSpelled={props.isLastOutbound} />
        )}
      </p>
      {message.failure && <p className={css.failure}>{message.failure.text}</p>}
      {message.status === "unknown" && !message.checking && <p className={css.doubt}>{strings.doubt}</p>}
      {props.canRetry && <Retry message={message} isPending={isRetrying} onRetry={onRetry} />}
    </article>
  );
});

/** A text; web addresses in it can be followed. */
export function Body({ text }: { text: string }) {
  return withLinks(text).map((part, index) =>
    part.href === undefined ? (
      part.text
    ) : (
      <a key={index} href={part.href} target="_blank" rel="noopener noreferrer" className={css.link}>
        {part.text}
      </a>
    ),
  );
}
