import { Clock } from "lucide-react";
import { useState } from "react";

import type { ConversationView } from "../../api/types";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { offeredTimes, wrongTime, type WrongTime } from "../../domain/sendLater";
import { fromZonedField } from "../../domain/zonedTime";
import { useNow } from "../../hooks/useNow";
import { strings } from "../../strings";
import { onBothClocks, type Clocks } from "./clocks";
import css from "./SendLaterDialog.module.css";
import { TimeField } from "./TimeField";

const words = strings.later;

interface SendLaterDialogProps {
  conversation: ConversationView;
  clocks: Clocks;
  isOpen: boolean;
  onClose: () => void;
  onChoose: (at: number) => void;
}

/** When the text is to go out: one of some good times, or any other, on the customer's clock (X3). */
export default function SendLaterDialog({ conversation, clocks, isOpen, onClose, onChoose }: SendLaterDialogProps) {
  return (
    <Dialog title={words.title} isOpen={isOpen} onClose={onClose} closeLabel={strings.common.close} size="small">
      <Choice conversation={conversation} clocks={clocks} onChoose={onChoose} />
    </Dialog>
  );
}

function Choice({ conversation, clocks, onChoose }: Omit<SendLaterDialogProps, "isOpen" | "onClose">) {
  const now = useNow();
  const [value, setValue] = useState("");
  const [wrong, setWrong] = useState<WrongTime | null>(null);
  const at = fromZonedField(value, clocks.clock.zone);
  const submit = () => {
    const found = wrongTime(at, Date.now(), conversation);
    setWrong(found);
    if (found === null && at !== null) onChoose(at);
  };
  return (
    <div className={css.body}>
      <ul className={css.list} aria-label={words.choices}>
        {offeredTimes(now, clocks.clock, conversation).map((time) => {
          const { theirs, store } = onBothClocks(time, now, clocks);
          return (
            <li key={time}>
              <button type="button" className={css.choice} onClick={() => onChoose(time)}>
                <Clock size={16} aria-hidden="true" className={css.icon} />
                <span className={css.time}>{theirs}</span>
                {store !== null && <span className={css.muted}>{words.atStore(store)}</span>}
              </button>
            </li>
          );
        })}
      </ul>
      <form
        className={css.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TimeField
          label={words.another}
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
        <Button type="submit" variant="primary" wide>
          {words.submit}
        </Button>
      </form>
    </div>
  );
}
