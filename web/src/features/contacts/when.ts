import type { ReminderView, StoreView } from "../../api/types";
import { clockTime, comingDayAndTime, dateAndTime, dayAndTime } from "../../domain/times";
import { zoneName } from "../../domain/zonedTime";
import { strings } from "../../strings";
import { words } from "./words";

/** When it rings, or since when it is due, on its own clock; whose clock that is where it is not the store's. */
export function whenOf(reminder: ReminderView, now: number, store: StoreView): string {
  const zone = { timeZone: reminder.zone };
  const isDue = reminder.due_at <= now || reminder.state === "due";
  const when = isDue
    ? words.dueSince(dayAndTime(reminder.due_at, now, zone, strings.time))
    : words.at(comingDayAndTime(reminder.due_at, now, zone, strings.time));
  return reminder.zone === store.timezone ? when : `${when} ${words.on(zoneName(reminder.zone))}`;
}

/** What is unusual about its time: clocks are changed. */
export function hintOf({ reading, wall, shown, zone }: ReminderView): string | null {
  const clock = (field: string) => clockTime(Date.parse(`${field}Z`), { timeZone: "UTC" });
  const whole = (field: string) => dateAndTime(Date.parse(`${field}Z`), { timeZone: "UTC" });
  switch (reading) {
    case "once":
      return null;
    case "skipped":
      return words.skipped(clock(wall), clock(shown));
    case "moved":
      return words.moved(whole(wall), `${whole(shown)} (${zoneName(zone)})`);
    case "twice":
      return words.first;
    case "twice_later":
      return words.second;
  }
}
