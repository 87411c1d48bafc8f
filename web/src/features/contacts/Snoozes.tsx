import { useReminderActions } from "../../data/reminders";
import { Select } from "../../design/Select";
import { words } from "./words";

type Pause = keyof typeof words.snoozes;

/** Puts a reminder off. */
export function Snoozes({ id }: { id: string }) {
  const { snooze } = useReminderActions({ done: words.ended, restored: words.restored });
  const choose = (value: string) => value !== "" && snooze.mutate({ id, until: value as Pause });
  return (
    <Select label={words.snooze} hideLabel value="" onChange={choose}>
      <option value="">{words.snooze}</option>
      {Object.entries(words.snoozes).map(([until, label]) => (
        <option key={until} value={until}>
          {label}
        </option>
      ))}
    </Select>
  );
}
