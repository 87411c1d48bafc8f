import { Pencil } from "lucide-react";
import { lazy, Suspense } from "react";
import { Link } from "wouter";

import type { Me, ReminderView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { paths } from "../../app/paths";
import { useReminderActions, useReminders } from "../../data/reminders";
import { Button, IconButton } from "../../design/Button";
import { classes } from "../../design/classes";
import { SkeletonRows } from "../../design/Skeleton";
import { useLazyDialog } from "../../hooks/useLazyDialog";
import { useNow } from "../../hooks/useNow";
import { strings } from "../../strings";
import css from "./Reminders.module.css";
import { Snoozes } from "./Snoozes";
import { SystemNotices } from "./SystemNotices";
import { hintOf, whenOf } from "./when";
import { words } from "./words";

const RemindDialog = lazy(() => import("./RemindDialog"));

/** What I am to remember, in all stores: what is due first (H20). */
export function Reminders({ me, store }: { me: Me; store: StoreView }) {
  const reminders = useReminders();
  const now = useNow();
  if (reminders.isPending) return <SkeletonRows count={1} label={words.remindersLoading} avatar={false} />;
  if (!reminders.data) return <LoadFailure error={reminders.error} retry={() => void reminders.refetch()} />;
  const { rows } = reminders.data;
  return (
    <section className={css.section} aria-labelledby="reminders">
      <div className={css.head}>
        <h2 id="reminders" className={css.heading}>
          {words.reminders}
        </h2>
        <SystemNotices userId={me.id} />
      </div>
      {rows.length === 0 && <p className={css.muted}>{words.remindersNone}</p>}
      <ul className={css.list}>
        {rows.map((one) => (
          <Row key={one.id} me={me} store={store} reminder={one} now={now} />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  me: Me;
  store: StoreView;
  reminder: ReminderView;
  now: number;
}

function Row({ me, store, reminder, now }: RowProps) {
  const { end } = useReminderActions({ done: words.ended, restored: words.restored });
  const dialog = useLazyDialog();
  const isDue = reminder.due_at <= now || reminder.state === "due";
  const name =
    reminder.customer_name || (reminder.conversation_id === null ? words.deleted : strings.messaging.unnamed);
  const its = me.stores.find((one) => one.id === reminder.store_id) ?? store;
  const hint = hintOf(reminder);
  return (
    <li className={classes(css.reminder, isDue && css.due)} data-testid="reminder" data-due={isDue}>
      <div className={css.text}>
        <span className={css.name}>
          {reminder.conversation_id === null ? (
            name
          ) : (
            <Link href={paths.conversation(its.id, reminder.conversation_id)}>{name}</Link>
          )}
          {its.id !== store.id && <span className={css.muted}> {words.atStore(its.name)}</span>}
        </span>
        {reminder.note !== "" && <span className={css.note}>{reminder.note}</span>}
        <span className={css.when}>{whenOf(reminder, now, its)}</span>
        {hint !== null && <span className={css.when}>{hint}</span>}
      </div>
      <div className={css.actions}>
        {isDue && <Snoozes id={reminder.id} />}
        {reminder.conversation_id !== null && (
          <IconButton label={words.editOf(name)} size="small" onPress={dialog.open}>
            <Pencil size={16} aria-hidden="true" />
          </IconButton>
        )}
        <Button
          size="small"
          isPending={end.isPending}
          onPress={() => end.mutate(reminder.id)}
          aria-label={words.doneOf(name)}
        >
          {words.done}
        </Button>
      </div>
      {dialog.wasOpen && reminder.conversation_id !== null && (
        <Suspense fallback={null}>
          <RemindDialog
            key={reminder.due_at}
            store={its}
            conversationId={reminder.conversation_id}
            name={name}
            reminder={reminder}
            isOpen={dialog.isOpen}
            onClose={dialog.close}
          />
        </Suspense>
      )}
    </li>
  );
}
