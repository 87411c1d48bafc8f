import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { Link } from "wouter";

import type { Me, ReminderView } from "../../api/types";
import { paths } from "../../app/paths";
import { useAccount } from "../../data/account";
import { useReminderActions, useReminders } from "../../data/reminders";
import { Button, IconButton } from "../../design/Button";
import { strings } from "../../strings";
import { pushed } from "../../outbox/pushed";
import { StoredValue } from "../../outbox/storage";
import css from "./DueNotices.module.css";
import { putAside, toShow, untilNext, type Noticed } from "./noticed";
import { renew } from "./push";
import { Snoozes } from "./Snoozes";
import { words } from "./words";

const MOST = 3;
/** Timers of browsers end at 2^31 ms. */
const LONGEST_WAIT_MS = 86_400_000;

/** Says what is due wherever in the app one is, until it is done, put off or put aside (H20). */
export default function DueNotices({ me }: { me: Me }) {
  const [stored] = useState(() => new StoredValue<Noticed>(localStorage, `counterline.noticed.${me.id}`, {}));
  const [noticed, setNoticed] = useState(() => stored.get());
  const all = useReminders().data?.rows ?? [];
  const now = useDueTime(all);
  const due = all.filter((one) => one.due_at <= now || one.state === "due");
  const shown = toShow(due, noticed).slice(0, MOST);
  const aside = (these: ReminderView[]) => {
    const next = putAside(stored.get(), these, all);
    stored.set(next);
    setNoticed(next);
  };
  const { api } = useAccount();
  useEffect(() => void renew(api, me.id).catch(() => undefined), [api, me.id]);
  useSystemNotice(shown, me.id);
  if (shown.length === 0) return null;
  return (
    <section aria-label={words.notices} aria-live="polite" className={css.region}>
      {shown.map((one) => (
        <Notice key={one.id} reminder={one} onHide={() => aside([one])} />
      ))}
    </section>
  );
}

function Notice({ reminder, onHide }: { reminder: ReminderView; onHide: () => void }) {
  const { end } = useReminderActions({ done: words.ended, restored: words.restored });
  const name =
    reminder.customer_name || (reminder.conversation_id === null ? words.deleted : strings.messaging.unnamed);
  return (
    <article className={css.notice} data-testid="due-notice">
      <div className={css.head}>
        <strong className={css.name}>{name}</strong>
        <IconButton label={words.hide} size="small" onPress={onHide}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      </div>
      {reminder.note !== "" && <p className={css.note}>{reminder.note}</p>}
      <div className={css.actions}>
        {reminder.conversation_id !== null && (
          <Link
            href={paths.conversation(reminder.store_id, reminder.conversation_id)}
            className={css.open}
            onClick={onHide}
          >
            {words.open}
          </Link>
        )}
        <Snoozes id={reminder.id} />
        <Button
          size="small"
          isPending={end.isPending}
          onPress={() => end.mutate(reminder.id)}
          aria-label={words.doneOf(name)}
        >
          {words.done}
        </Button>
      </div>
    </article>
  );
}

/** The time, as of when the latest of them became due. */
function useDueTime(all: readonly ReminderView[]): number {
  const [now, setNow] = useState(Date.now);
  const left = untilNext(all, now);
  useEffect(() => {
    if (left === null) return;
    const timer = setTimeout(() => setNow(Date.now()), Math.min(left, LONGEST_WAIT_MS));
    return () => clearTimeout(timer);
  }, [left, now]);
  return now;
}

/** Where it is allowed, the computer says that something is due; about whom is for the app to say. */
function useSystemNotice(shown: readonly ReminderView[], userId: string): void {
  const latest = shown[0];
  const tag = latest === undefined ? null : `${latest.id} ${latest.due_at}`;
  useEffect(() => {
    if (tag === null || document.visibilityState === "visible") return;
    if (!("Notification" in window) || Notification.permission !== "granted") return;
    if (pushed.get()?.userId === userId) return; // its worker says so
    const notice = new Notification(words.system.title, { body: words.system.body, tag });
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
  }, [tag, userId]);
}
