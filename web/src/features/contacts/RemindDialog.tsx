import { Clock } from "lucide-react";
import { useId, useState } from "react";

import type { ReminderView, StoreView } from "../../api/types";
import { explain } from "../../data/explain";
import { useSetReminder } from "../../data/reminders";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { showToast } from "../../design/toasts";
import { newKey } from "../../domain/keys";
import { clockTime, comingDayAndTime } from "../../domain/times";
import { readWall } from "../../domain/wallTime";
import { onDay, toZonedField } from "../../domain/zonedTime";
import { useNow } from "../../hooks/useNow";
import { strings } from "../../strings";
import css from "./RemindDialog.module.css";
import { words as all } from "./words";
import { ZoneSelect } from "./ZoneSelect";

const words = all.dialog;
const FURTHEST_MS = 2 * 366 * 86_400_000;
const LONGEST_NOTE = 500;

interface RemindDialogProps {
  store: StoreView;
  conversationId: string;
  name: string;
  /** The one that is changed; none: a new one. */
  reminder?: ReminderView;
  isOpen: boolean;
  onClose: () => void;
}

/** A note to oneself about a customer, and when it rings on whose clock (H20). */
export default function RemindDialog(props: RemindDialogProps) {
  const { name, reminder, isOpen, onClose } = props;
  return (
    <Dialog
      title={reminder ? words.editTitle : words.title(name)}
      isOpen={isOpen}
      onClose={onClose}
      closeLabel={strings.common.close}
      size="small"
    >
      <Choice {...props} />
    </Dialog>
  );
}

type Wrong = keyof typeof words.wrong;

function Choice({ store, conversationId, reminder, onClose }: RemindDialogProps) {
  const now = useNow();
  const id = useId();
  const [key] = useState(newKey);
  const [note, setNote] = useState(reminder?.note ?? "");
  const [zone, setZone] = useState(reminder?.zone ?? store.timezone);
  const [value, setValue] = useState(reminder?.wall ?? "");
  const [later, setLater] = useState(reminder?.reading === "twice_later");
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const set = useSetReminder({ conversationId, reminderId: reminder?.id ?? null }, key);
  const time = readWall(value, zone);
  const at = time === null ? null : later && time.later !== null ? time.later : time.at;
  const save = () => {
    const found = wrongOf(at);
    setWrong(found);
    if (found !== null || at === null) return;
    const body = { note: note.trim() === "" ? null : note.trim(), wall: value, zone, later: at === time?.later };
    set.mutate(body, {
      onSuccess: (made) => {
        onClose();
        const when = comingDayAndTime(made.due_at, Date.now(), { timeZone: made.zone }, strings.time);
        showToast(words.saved(when));
      },
    });
  };
  const choose = (next: string) => {
    setValue(next);
    setLater(false);
    setWrong(null);
  };
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <label className={css.field}>
        <span className={css.label}>{words.note}</span>
        <textarea
          className={css.input}
          rows={3}
          maxLength={LONGEST_NOTE}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      <ul className={css.good} aria-label={words.good}>
        {goodTimes(now, zone).map((one) => (
          <li key={one}>
            <Button size="small" onPress={() => choose(toZonedField(one, zone))}>
              <Clock size={14} aria-hidden="true" />
              {comingDayAndTime(one, now, { timeZone: zone }, strings.time)}
            </Button>
          </li>
        ))}
      </ul>
      <div className={css.field}>
        <label className={css.label} htmlFor={id}>
          {words.when}
        </label>
        <input
          id={id}
          className={css.input}
          type="datetime-local"
          value={value}
          min={toZonedField(now, zone)}
          max={toZonedField(now + FURTHEST_MS, zone)}
          aria-invalid={wrong !== null}
          aria-describedby={`${id}-wrong`}
          onChange={(event) => choose(event.target.value.slice(0, 16))}
        />
        <p id={`${id}-wrong`} className={css.wrong} role={wrong === null ? undefined : "alert"}>
          {wrong !== null && words.wrong[wrong]}
        </p>
      </div>
      <ZoneSelect value={zone} onChange={setZone} store={store} />
      {time?.later != null && (
        <label className={css.twice}>
          <input type="checkbox" checked={later} onChange={(event) => setLater(event.target.checked)} />
          {words.twice}
        </label>
      )}
      {time?.skipped === true && <p className={css.hint}>{words.skips(clockTime(time.at, { timeZone: zone }))}</p>}
      {set.isError && (
        <p className={css.wrong} role="alert">
          {explain(set.error)}
        </p>
      )}
      <Button type="submit" variant="primary" wide isPending={set.isPending}>
        {reminder ? words.change : words.save}
      </Button>
    </form>
  );
}

function wrongOf(at: number | null): Wrong | null {
  const now = Date.now();
  if (at === null) return "none";
  if (at <= now) return "past";
  return at > now + FURTHEST_MS ? "far" : null;
}

function goodTimes(now: number, zone: string): number[] {
  const hour = Math.ceil((now + 3_600_000) / 1_800_000) * 1_800_000;
  return [hour, onDay(now, zone, 1, "09:00"), onDay(now, zone, 7, "09:00")];
}
