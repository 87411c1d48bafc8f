import { useAccount } from "../../data/account";
import { explainCode } from "../../data/explain";
import { Button } from "../../design/Button";
import { classes } from "../../design/classes";
import { clockTime, type Zone } from "../../domain/times";
import type { OutboxEntry } from "../../outbox/outbox";
import { strings } from "../../strings";
import { Body } from "./Bubble";
import css from "./Bubble.module.css";
import { editDraft } from "./drafting";
import { Status, type ShownStatus } from "./Status";

const words = strings.outbox;
const SHOWN: Record<OutboxEntry["state"], ShownStatus> = { posting: "queued", waiting: "waiting", refused: "refused" };

/** A text that the server has not accepted (yet): it is retried by itself, or can be taken back. */
export function OutboxBubble({ entry, zone }: { entry: OutboxEntry; zone: Zone }) {
  const account = useAccount();
  const { outbox } = account;
  const pictures = (entry.pictures?.length ?? 0) - (entry.product ? 1 : 0); // its own is part of it
  const isRefused = entry.state === "refused";
  // While it waits for others before it, there is nothing to do by hand yet.
  const status = entry.attempts === 0 && entry.state === "waiting" ? "queued" : SHOWN[entry.state];
  const edit = () => {
    editDraft(account, entry.conversationId, entry.body);
    outbox.discard(entry.key);
  };
  return (
    <article
      className={classes(css.message, css.outbound)}
      data-testid="message"
      data-status={status}
      data-direction="outbound"
    >
      {pictures > 0 && <p className={css.bubble}>{`[${strings.pictures.sent(pictures)}]`}</p>}
      {entry.body !== "" && (
        <p className={css.bubble} dir="auto">
          <Body text={entry.body} />
        </p>
      )}
      {entry.product && <p className={css.bubble}>{`[${strings.products.card}: ${entry.product.title}]`}</p>}
      {isRefused && <p className={css.failure}>{why(entry)}</p>}
      <p className={css.foot}>
        <time className={css.whole}>{clockTime(entry.createdAt, zone)}</time>
        <Status status={status} isSpelled />
      </p>
      {status !== "queued" && (
        <div className={css.actions}>
          {isRefused ? (
            <Button size="small" onPress={edit}>
              {words.edit}
            </Button>
          ) : (
            <Button size="small" onPress={outbox.wake}>
              {words.retryNow}
            </Button>
          )}
          <Button size="small" variant="quiet" onPress={() => outbox.discard(entry.key)}>
            {words.discard}
          </Button>
        </div>
      )}
    </article>
  );
}

function why({ refusal, sendAt }: OutboxEntry): string {
  return sendAt !== undefined && refusal === "invalid_input" ? strings.later.passed : explainCode(refusal);
}
