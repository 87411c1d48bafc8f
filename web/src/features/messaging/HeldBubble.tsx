import { Clock, Moon } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import type { ConversationView, MessageView } from "../../api/types";
import { quietly } from "../../app/quietly";
import { useHeldActions } from "../../data/held";
import { Button } from "../../design/Button";
import { classes } from "../../design/classes";
import { waitsUntil } from "../../domain/night";
import { whyNot } from "../../domain/writing";
import { useNow } from "../../hooks/useNow";
import { strings } from "../../strings";
import { Body } from "./Bubble";
import css from "./Bubble.module.css";
import { spelled, type Clocks } from "./clocks";

const ChangeHeldDialog = lazy(() => import("./ChangeHeldDialog"));
const ProductCard = quietly(() => import("../products/ProductCard"));
const words = strings.later;

interface HeldBubbleProps {
  held: MessageView;
  conversation: ConversationView;
  clocks: Clocks;
  /** A colleague wrote it: say who. */
  showsAuthor: boolean;
}

/** A text that waits for its time (X3, X4): when it goes out and why it waits; anybody in the store may change it. */
export function HeldBubble({ held, conversation, clocks, showsAuthor }: HeldBubbleProps) {
  const now = useNow();
  const { until, reason } = held.held ?? { until: 0, reason: "later" as const };
  const said = held.card?.words ?? held.body;
  const pictures = held.media.filter(({ id }) => id !== held.card?.picture_id).length;
  const Icon = reason === "later" ? Clock : Moon;
  return (
    <article className={classes(css.message, css.outbound)} data-testid="held" data-reason={reason}>
      {showsAuthor && <p className={css.author}>{held.author_name}</p>}
      {pictures > 0 && <p className={classes(css.bubble, css.waiting)}>{`[${strings.pictures.sent(pictures)}]`}</p>}
      {said !== "" && (
        <p className={classes(css.bubble, css.waiting)} dir="auto">
          <Body text={said} />
        </p>
      )}
      {held.card && (
        <Suspense fallback={null}>
          <ProductCard conversationId={conversation.id} message={held} />
        </Suspense>
      )}
      <p className={css.foot}>
        {held.template && <span className={css.whole}>{strings.messaging.template}</span>}
        <span className={css.status}>
          <Icon size={13} aria-hidden="true" />
          <span>{words.why[reason]}</span>
        </span>
      </p>
      <p className={css.goesOut}>{until <= now ? words.due : words.goesOut(spelled(until, now, clocks))}</p>
      <Actions held={held} until={until} conversation={conversation} clocks={clocks} now={now} />
    </article>
  );
}

interface ActionsProps extends Omit<HeldBubbleProps, "showsAuthor"> {
  until: number;
  now: number;
}

/** Where nothing can be sent any more, it can still be taken back. */
function Actions({ held, until, conversation, clocks, now }: ActionsProps) {
  const [editing, setEditing] = useState(false);
  const [edited, setEdited] = useState(false);
  const { change, release, cancel } = useHeldActions(conversation.id);
  const canSend = whyNot(conversation) === null;
  const isNight = waitsUntil(clocks.clock, now) !== null;
  const edit = () => {
    change.reset();
    setEdited(true);
    setEditing(true);
  };
  return (
    <div className={css.actions}>
      {canSend && (
        <Button size="small" onPress={edit}>
          {words.edit}
        </Button>
      )}
      {canSend && !isNight && (
        <Button size="small" isPending={release.isPending} onPress={() => release.mutate(held.id)}>
          {words.now}
        </Button>
      )}
      <Button size="small" variant="quiet" isPending={cancel.isPending} onPress={() => cancel.mutate(held)}>
        {words.cancel}
      </Button>
      {edited && (
        <Suspense fallback={null}>
          <ChangeHeldDialog
            key={`${held.body} ${until}`}
            held={held}
            until={until}
            conversation={conversation}
            clocks={clocks}
            change={change}
            isOpen={editing}
            onClose={() => setEditing(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
