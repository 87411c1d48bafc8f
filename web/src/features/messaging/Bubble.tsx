import { memo } from "react";

import type { MessageView } from "../../api/types";
import { classes } from "../../design/classes";
import { withLinks } from "../../domain/links";
import { clockTime, dateAndTime, type Zone } from "../../domain/times";
import { strings } from "../../strings";
import { Attachments } from "./Attachments";
import css from "./Bubble.module.css";
import { Folded, MailHead } from "./MailParts";
import { Retry } from "./Retry";
import { Status } from "./Status";

const words = strings.messaging;

interface BubbleProps {
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
      {message.mail && <MailHead mail={message.mail} />}
      {message.media.length > 0 && (
        <Attachments conversationId={props.conversationId} message={message} author={author} />
      )}
      {(message.body.trim() !== "" || message.media.length === 0) && (
        <p className={classes(css.bubble, isAutomatic && css.automatic)} dir="auto">
          <Body text={message.body} />
        </p>
      )}
      {message.mail && message.mail.folded !== "" && <Folded text={message.mail.folded} />}
      <p className={css.foot}>
        {asks && <span className={css.whole}>{words.asked}</span>}
        {isAutomatic && <span className={css.whole}>{words.automatic}</span>}
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
