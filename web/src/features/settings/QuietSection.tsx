import { Moon, Sun } from "lucide-react";

import type { QuietRule, QuietTable, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { Badge } from "../../design/Badge";
import { SkeletonRows } from "../../design/Skeleton";
import { clockTime, comingDayAndTime } from "../../domain/times";
import { zoneName } from "../../domain/zonedTime";
import { useNow } from "../../hooks/useNow";
import { strings } from "../../strings";
import css from "./QuietSection.module.css";
import { useQuietHours } from "./queries";
import { SectionHeading } from "./SectionHeading";
import { words as all } from "./words";

const words = all.quiet;
const MINUTE_MS = 60_000;

/** When the store texts, the rules by place with their sources, and what all of them say now (X4). */
export function QuietSection({ store }: { store: StoreView }) {
  const table = useQuietHours(store.id);
  return (
    <>
      <SectionHeading title={words.name}>{words.lead}</SectionHeading>
      {table.isPending && <SkeletonRows count={4} label={words.loading} avatar={false} />}
      {table.isError && !table.data && <LoadFailure error={table.error} retry={() => void table.refetch()} />}
      {table.data && (
        <>
          <Own of={table.data} />
          <Rules of={table.data} />
        </>
      )}
    </>
  );
}

/** Minutes since midnight as a clock shows them. */
const clock = (minutes: number) => clockTime(minutes * MINUTE_MS, { timeZone: "UTC" });
/** The same of `HH:MM`. */
const clockOf = (text: string) => clock(Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
/** The same of `HH:MM-HH:MM`. */
const hours = (text: string) =>
  text === "" ? words.notAtAll : words.fromTo(clockOf(text.slice(0, 5)), clockOf(text.slice(6)));

function Own({ of }: { of: QuietTable }) {
  return (
    <section className={css.own} aria-label={words.own}>
      <h3 className={css.title}>
        {of.active ? words.ownHours(clock(of.earliest), clock(of.latest)) : words.off}
        <HereNow of={of} />
      </h3>
      <p className={css.muted}>{of.active ? words.within : words.offText}</p>
      <p className={css.muted}>{words.unknown(zoneName(of.zone))}</p>
      <p className={css.muted}>
        {words.change} <code>quiet_hours</code> {words.changeThen} <code>make merchant</code>.
      </p>
    </section>
  );
}

/** Whether numbers that tell nothing can be texted now, and until when. */
function HereNow({ of }: { of: QuietTable }) {
  const now = useNow();
  const { quiet_from: from, quiet_until: until } = of;
  if (from === null || until === null) return null;
  const when = (at: number) => comingDayAndTime(at, now, { timeZone: of.zone }, strings.time);
  const isNight = from <= now;
  return (
    <Badge tone={isNight ? "warning" : "success"}>
      {isNight ? words.quietUntil(when(until)) : words.openUntil(when(from))}
    </Badge>
  );
}

function Rules({ of }: { of: QuietTable }) {
  return (
    <>
      <h3 className={css.heading}>{words.rules}</h3>
      <p className={css.muted}>{words.rulesLead}</p>
      <ul className={css.list} aria-label={words.rules}>
        {of.rules.map((rule) => (
          <Rule key={rule.place} rule={rule} isActive={of.active} />
        ))}
      </ul>
      <p className={css.muted}>{words.caution}</p>
    </>
  );
}

function Rule({ rule, isActive }: { rule: QuietRule; isActive: boolean }) {
  const { place, source, state } = rule;
  return (
    <li className={css.rule} data-testid="quiet-rule">
      <p className={css.place}>
        {words.places[place] ?? place}
        {isActive && state !== null && <Now state={state} clocks={rule.clocks} />}
      </p>
      <dl className={css.days}>
        {daysOf(rule).map(([day, text]) => (
          <div key={day} className={css.day}>
            <dt className={css.muted}>{day}</dt>
            <dd>{hours(text)}</dd>
          </div>
        ))}
      </dl>
      <p className={css.source}>{source}</p>
    </li>
  );
}

/** The days that have the same hours together. */
function daysOf({ weekdays, saturday, sunday }: QuietRule): [string, string][] {
  if (weekdays === saturday && saturday === sunday) return [[words.everyDay, weekdays]];
  const first: [string, string] = [words.weekdays, weekdays];
  if (saturday === sunday) return [first, [words.weekend, saturday]];
  return [first, [words.saturday, saturday], [words.sunday, sunday]];
}

function Now({ state, clocks }: { state: NonNullable<QuietRule["state"]>; clocks: string[] }) {
  const Icon = state === "quiet" ? Moon : Sun;
  const [first, last] = [clocks[0] ?? "", clocks.at(-1) ?? ""].map(clockOf);
  return (
    <span className={css.now} data-state={state}>
      <Icon size={14} aria-hidden="true" />
      {words.states[state]}
      <span className={css.muted}>{first === last ? first : words.fromTo(first ?? "", last ?? "")}</span>
    </span>
  );
}
