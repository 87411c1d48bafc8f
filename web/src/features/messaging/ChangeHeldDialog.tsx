import { useId, useState } from "react";

import type { ConversationView, MessageView } from "../../api/types";
import { explain } from "../../data/explain";
import type { HeldActions } from "../../data/held";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { BODY_LIMIT, segmentsOf } from "../../domain/segments";
import { wrongTime, type WrongTime } from "../../domain/sendLater";
import { fromZonedField, toZonedField } from "../../domain/zonedTime";
import { useNow } from "../../hooks/useNow";
import { strings } from "../../strings";
import type { Clocks } from "./clocks";
import css from "./SendLaterDialog.module.css";
import { TimeField } from "./TimeField";

const words = strings.later;

interface ChangeHeldDialogProps {
  held: MessageView;
  until: number;
  conversation: ConversationView;
  clocks: Clocks;
  change: HeldActions["change"];
  isOpen: boolean;
  onClose: () => void;
}

/** Other words or another time for a text that waits (X3). */
export default function ChangeHeldDialog(props: ChangeHeldDialogProps) {
  return (
    <Dialog
      title={words.editTitle}
      isOpen={props.isOpen}
      onClose={props.onClose}
      closeLabel={strings.common.close}
      size="small"
    >
      <Form {...props} />
    </Dialog>
  );
}

function Form({ held, until, conversation, clocks, change, onClose }: ChangeHeldDialogProps) {
  const now = useNow();
  const id = useId();
  const [body, setBody] = useState(held.card?.words ?? held.body);
  const [value, setValue] = useState(() => toZonedField(until, clocks.clock.zone));
  const [wrong, setWrong] = useState<WrongTime | null>(null);
  // The minute of the field; untouched, it is the instant as it was.
  const same = value === toZonedField(until, clocks.clock.zone);
  const at = same ? until : fromZonedField(value, clocks.clock.zone);
  const over = segmentsOf(body.trim()).characters - BODY_LIMIT;
  const save = () => {
    const found = wrongTime(at, Date.now(), conversation);
    setWrong(found);
    if (found !== null || at === null) return;
    const text = held.template ? held.body : body.trim();
    // Pictures need no words; the server takes nothing for "as they are".
    change.mutate({ heldId: held.id, body: text === "" ? null : text, send_at: at }, { onSuccess: onClose });
  };
  return (
    <form
      className={css.body}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className={css.field}>
        <label className={css.label} htmlFor={id}>
          {words.text}
        </label>
        <textarea
          id={id}
          className={`${css.input} ${css.text}`}
          rows={4}
          dir="auto"
          value={body}
          readOnly={held.template}
          aria-invalid={over > 0}
          onChange={(event) => setBody(event.target.value)}
        />
        {held.template && <p className={css.muted}>{words.templateFixed}</p>}
        {over > 0 && (
          <p className={css.wrong} role="alert">
            {strings.composer.tooLong(over)}
          </p>
        )}
      </div>
      <TimeField
        label={words.when}
        value={value}
        onChange={(next) => {
          setValue(next);
          setWrong(null);
        }}
        at={at}
        wrong={wrong && words.wrong[wrong]}
        now={now}
        conversation={conversation}
        clocks={clocks}
      />
      {change.isError && (
        <p className={css.wrong} role="alert">
          {explain(change.error)}
        </p>
      )}
      <Button
        type="submit"
        variant="primary"
        wide
        isDisabled={(body.trim() === "" && held.body !== "") || over > 0}
        isPending={change.isPending}
      >
        {words.save}
      </Button>
    </form>
  );
}
