import { AlarmClockPlus, SearchX, Users } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";

import type { ContactView, Me, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { paths } from "../../app/paths";
import { useContacts } from "../../data/contacts";
import { Avatar } from "../../design/Avatar";
import { Count } from "../../design/Badge";
import { IconButton } from "../../design/Button";
import { EmptyState } from "../../design/EmptyState";
import { SearchField } from "../../design/Field";
import { SkeletonRows } from "../../design/Skeleton";
import { listTime } from "../../domain/times";
import { useDebounced } from "../../hooks/useDebounced";
import { useLazyDialog } from "../../hooks/useLazyDialog";
import { useNow } from "../../hooks/useNow";
import { strings } from "../../strings";
import { ChannelBadge } from "../messaging/ChannelBadge";
import css from "./ContactsPage.module.css";
import { Reminders } from "./Reminders";
import { words } from "./words";

const RemindDialog = lazy(() => import("./RemindDialog"));

/** My customers in this store, with what I am to remember on top (H14, H20). */
export default function ContactsPage({ me, store }: { me: Me; store: StoreView }) {
  const [q, setQ] = useState("");
  const rested = useDebounced(q.trim());
  return (
    <div className={css.page}>
      <header className={css.header}>
        <h1 className={css.heading}>{words.heading}</h1>
        <div className={css.search}>
          <SearchField label={words.search} clearLabel={strings.common.clearSearch} value={q} onChange={setQ} />
        </div>
      </header>
      {rested === "" && <Reminders me={me} store={store} />}
      <Rows store={store} q={rested} />
    </div>
  );
}

function Rows({ store, q }: { store: StoreView; q: string }) {
  const contacts = useContacts(store.id, q);
  const now = useNow();
  if (contacts.isPending) return <SkeletonRows label={words.loading} />;
  if (!contacts.data) return <LoadFailure error={contacts.error} retry={() => void contacts.refetch()} />;
  const { rows, truncated } = contacts.data;
  if (rows.length === 0 && q !== "")
    return (
      <EmptyState icon={<SearchX size={24} />} title={words.noneFound(q)}>
        {truncated ? words.more : undefined}
      </EmptyState>
    );
  if (rows.length === 0)
    return (
      <EmptyState icon={<Users size={24} />} title={words.none}>
        {words.noneText}
      </EmptyState>
    );
  return (
    <>
      <ul aria-label={words.list} className={css.list}>
        {rows.map((row) => (
          <Row key={row.customer_id} store={store} row={row} now={now} />
        ))}
      </ul>
      {truncated && <p className={css.more}>{words.more}</p>}
    </>
  );
}

function Row({ store, row, now }: { store: StoreView; row: ContactView; now: number }) {
  const dialog = useLazyDialog();
  const name = row.customer_name || row.customer_address || strings.messaging.unnamed;
  return (
    <li className={css.item}>
      <Link href={paths.conversation(store.id, row.conversation_id)} className={css.row} data-testid="contact-row">
        <Avatar name={row.customer_name} />
        <span className={css.text}>
          <span className={css.line}>
            <span className={css.name}>{name}</span>
            <ChannelBadge channel={row.channel} />
            <time className={css.time}>
              {listTime(row.last_activity_at, now, { timeZone: store.timezone }, strings.time)}
            </time>
          </span>
          <span className={css.line}>
            <span className={css.preview}>{row.last_preview}</span>
            <Count value={row.unread} tone="unread" label={words.unread(row.unread)} />
          </span>
        </span>
      </Link>
      <IconButton label={words.remindOf(name)} onPress={dialog.open}>
        <AlarmClockPlus size={18} aria-hidden="true" />
      </IconButton>
      {dialog.wasOpen && (
        <Suspense fallback={null}>
          <RemindDialog
            store={store}
            conversationId={row.conversation_id}
            name={name}
            isOpen={dialog.isOpen}
            onClose={dialog.close}
          />
        </Suspense>
      )}
    </li>
  );
}
