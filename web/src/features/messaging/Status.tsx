import {
  Check,
  CheckCheck,
  CircleAlert,
  CircleDashed,
  CircleHelp,
  Clock,
  CloudOff,
  SendHorizontal,
  type LucideIcon,
} from "lucide-react";

import { classes } from "../../design/classes";
import { strings } from "../../strings";
import css from "./Bubble.module.css";

export type ShownStatus = keyof typeof strings.status;

const ICONS: Record<ShownStatus, LucideIcon> = {
  received: Check,
  queued: Clock,
  sending: SendHorizontal,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  failed: CircleAlert,
  unknown: CircleHelp,
  checking: CircleDashed,
  waiting: CloudOff,
  refused: CircleAlert,
};
const TONES: Partial<Record<ShownStatus, string | undefined>> = {
  read: css.good,
  failed: css.bad,
  refused: css.bad,
  unknown: css.doubtful,
  checking: css.doubtful,
  waiting: css.doubtful,
};
/** Nothing more to wait for or to do: the icon is enough, except on the last message. */
const QUIET: readonly ShownStatus[] = ["sent", "delivered", "read"];

/** What became of a message: an icon and, where it matters, the word. Screen readers always get the word. */
export function Status({ status, isSpelled }: { status: ShownStatus; isSpelled: boolean }) {
  const Icon = ICONS[status];
  return (
    <span className={classes(css.status, TONES[status])} data-testid="status">
      <Icon size={13} aria-hidden="true" />
      <span className={isSpelled || !QUIET.includes(status) ? undefined : "visually-hidden"}>
        {strings.status[status]}
      </span>
    </span>
  );
}
