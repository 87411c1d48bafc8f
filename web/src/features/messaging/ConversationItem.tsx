import { CircleAlert, CircleHelp, HeartCrack, Hourglass } from "lucide-react";
import { memo } from "react";
import { Link } from "wouter";

import type { ConversationRow, StoreView } from "../../api/types";
import { paths } from "../../app/paths";
import { Avatar } from "../../design/Avatar";
import { Count } from "../../design/Badge";
import { classes } from "../../design/classes";
import { dateAndTime, dayAndTime, listTime } from "../../domain/times";
import { strings } from "../../strings";
import { ChannelBadge } from "./ChannelBadge";
import css from "./ConversationItem.module.css";
import { nameOf, writerOf } from "./names";
import { RowPresence } from "./RowPresence";

const words = strings.messaging;

interface ConversationItemProps {
  row: ConversationRow;
  store: StoreView;
  now: number;
  /** Who is signed in. */
  meId: string | undefined;
  /** First name of whoever looks after it. */
  assignee: string | null;
  isSelected: boolean;
}

/** One row of the list: who, what was last said and when, how much is unread (S8, D13, N12). */
export const ConversationItem = memo(function ConversationItem(props: ConversationItemProps) {
  const { row, store, now, meId, assignee, isSelected } = props;
  const zone = { timeZone: store.timezone };
  return (
    <li className={css.item}>
      <Link
        href={paths.conversation(store.id, row.id)}
        className={classes(css.row, row.unread > 0 && css.unread)}
        aria-current={isSelected ? "true" : undefined}
        data-testid="conversation-row"
        data-conversation-id={row.id}
      >
        <Avatar name={row.customer_name} />
        <span className={css.text}>
          <span className={css.line}>
            <span className={css.name}>{nameOf(row)}</span>
            <ChannelBadge channel={row.channel} />
            {row.opted_out && (
              <HeartCrack size={15} role="img" aria-label={words.optedOut} aria-hidden={false} className={css.heart} />
            )}
            {assignee !== null && <span className={css.assignee}>{assignee}</span>}
            <RowPresence id={row.id} />
            <WaitingSince row={row} now={now} store={store} />
            <time className={css.time} title={dateAndTime(row.last_activity_at, zone)}>
              {listTime(row.last_activity_at, now, zone, strings.time)}
            </time>
          </span>
          <span className={css.line}>
            <Trouble status={row.outbound_trouble} />
            {row.state === "requested" && !row.opted_out && (
              <span className={css.waiting}>
                <Hourglass size={13} aria-hidden="true" />
                {words.waiting}
              </span>
            )}
            <span className={css.preview} dir="auto">
              {writerOf(row, meId)}
              {row.last_preview || (row.order_number !== null && words.about(row.order_number))}
            </span>
            <Count value={row.unread} tone="unread" label={words.unread(row.unread)} />
          </span>
        </span>
      </Link>
    </li>
  );
});

/** Its customer waits, and nobody looks after it any more (X18). */
function WaitingSince({ row, now, store }: Pick<ConversationItemProps, "row" | "now" | "store">) {
  if (row.waiting_since === null || row.assignee_id !== null || row.state !== "open") return null;
  const label = strings.wentBack.since(dayAndTime(row.waiting_since, now, { timeZone: store.timezone }, strings.time));
  return (
    <Hourglass
      size={15}
      role="img"
      aria-label={label}
      aria-hidden={false}
      className={css.hourglass}
      data-testid="waiting"
    >
      <title>{label}</title>
    </Hourglass>
  );
}

/** What became of the last text of ours, where somebody has to look after it (X10). */
function Trouble({ status }: { status: ConversationRow["outbound_trouble"] }) {
  if (status !== "failed" && status !== "unknown") return null;
  const [Icon, tone] = status === "failed" ? [CircleAlert, css.failed] : [CircleHelp, css.doubtful];
  return (
    <Icon
      size={14}
      role="img"
      aria-label={words.trouble[status]}
      aria-hidden={false}
      className={classes(css.trouble, tone)}
    />
  );
}
