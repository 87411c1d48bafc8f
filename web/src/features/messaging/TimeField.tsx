import { useId } from "react";

import type { ConversationView } from "../../api/types";
import { FURTHEST_MS } from "../../domain/sendLater";
import { clockTime } from "../../domain/times";
import { offsetAt, toZonedField, zoneName } from "../../domain/zonedTime";
import { strings } from "../../strings";
import { clockThere, onBothClocks, type Clocks } from "./clocks";
import { nameOf } from "./names";
import css from "./SendLaterDialog.module.css";

const words = strings.later;

interface TimeFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** The instant in the field. */
  at: number | null;
  wrong: string | null;
  now: number;
  conversation: ConversationView;
  clocks: Clocks;
}

/** A date and a time on the customer's clock, and what that is at the store. */
export function TimeField({ label, value, onChange, at, wrong, now, conversation, clocks }: TimeFieldProps) {
  const id = useId();
  const { zone } = clocks.clock;
  const latest = Math.min(now + FURTHEST_MS, conversation.expires_at, conversation.free_until ?? Infinity);
  const atStore = at === null ? null : onBothClocks(at, now, clocks).store;
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={css.input}
        type="datetime-local"
        value={value}
        min={toZonedField(now, zone)}
        max={toZonedField(latest, zone)}
        aria-invalid={wrong !== null}
        aria-describedby={`${id}-clock`}
        onChange={(event) => onChange(event.target.value)}
      />
      {wrong !== null ? (
        <p className={css.wrong} role="alert">
          {wrong}
        </p>
      ) : (
        atStore !== null && <p className={css.muted}>{words.atStore(atStore)}</p>
      )}
      <p id={`${id}-clock`} className={css.muted}>
        <ClockNote name={nameOf(conversation)} now={now} clocks={clocks} />
      </p>
    </div>
  );
}

/** Whose time it is that is shown. */
export function ClockNote({ name, now, clocks }: { name: string; now: number; clocks: Clocks }) {
  const { clock, store } = clocks;
  const told = clock.guessed ? words.onStores : words.on;
  const differs = offsetAt(now, clock.zone) !== offsetAt(now, store.timezone);
  return (
    <>
      {told(name, clockThere(now, clocks), zoneName(clock.zone))}
      {differs && ` ${words.storeShows(clockTime(now, { timeZone: store.timezone }))}`}
    </>
  );
}
