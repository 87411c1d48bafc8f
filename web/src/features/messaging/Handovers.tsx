import type { HandoverView } from "../../api/types";
import { clockTime, dateAndTime, type Zone } from "../../domain/times";
import { strings } from "../../strings";
import css from "./MessageLog.module.css";

const words = strings.messaging.assignee;

interface HandoversProps {
  all: HandoverView[];
  /** Those later than this instant, and not later than `until`. */
  after: number;
  until: number;
  zone: Zone;
  meId: string | undefined;
}

/** How the conversation changed hands between two messages: for colleagues, never sent. */
export function Handovers({ all, after, until, zone, meId }: HandoversProps) {
  return all
    .filter((one) => one.at > after && one.at <= until)
    .map((one) => (
      <p key={one.id} className={css.event} data-testid="handover">
        {told(one, meId)}{" "}
        <time title={dateAndTime(one.at, zone)} className={css.eventTime}>
          {clockTime(one.at, zone)}
        </time>
      </p>
    ));
}

/** In words, with oneself as "you". */
export function told({ kind, ...who }: HandoverView, meId: string | undefined): string {
  const by = who.by_id === meId ? words.you : (who.by_name ?? words.store);
  if (kind === "unanswered" || kind === "absent") {
    return strings.wentBack[kind](who.from_id === meId ? words.youObject : (who.from_name ?? words.somebody));
  }
  if (kind === "taken") return words.taken(by);
  if (kind === "released") return words.released(by);
  return words.handed_over(by, who.to_id === meId ? words.youObject : (who.to_name ?? words.somebody));
}
