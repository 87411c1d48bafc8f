import type { BulkView } from "../../api/types";
import { isOver } from "../../data/bulk";
import { Badge } from "../../design/Badge";
import css from "./Bulk.module.css";
import { words } from "./words";

const TONES = { running: "accent", paused: "warning", cancelled: "neutral", done: "success" } as const;

export function State({ bulk }: { bulk: BulkView }) {
  return <Badge tone={TONES[bulk.state]}>{words.states[bulk.state]}</Badge>;
}

/** How many are done, as a bar and in words. */
export function Progress({ bulk }: { bulk: BulkView }) {
  const done = bulk.sent + bulk.unsent;
  return (
    <span className={css.progress}>
      <progress className={css.meter} aria-label={words.progress[bulk.to]} value={done} max={bulk.total} />
      <span className={css.counts} data-testid="counts">
        {words.done(bulk.to, done, bulk.total)} · {words.sent(bulk.sent)}
        {bulk.unsent > 0 && ` · ${words.unsent(bulk.unsent)}`}
        {isOver(bulk) && done < bulk.total && ` · ${words.leftOut(bulk.to, bulk.total - done)}`}
      </span>
    </span>
  );
}
