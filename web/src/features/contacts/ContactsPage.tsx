import { AlarmClockPlus, SearchX, Users } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";

import type { ContactView, Me, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { paths } from "../../app/paths";
import { useContacts } from "../../data/contacts";
import { Avatar } from "../../design/Avatar";
import { Count } from "../../design/Badge";
import { Button, IconButton } from "../../design/Button";
import { EmptyState } from "../../design/EmptyState";
import { SearchField } from "../../design/Field";
import { SkeletonRows } from "../../design/Skeleton";
import { listTime } from "../../domain/times";
import { useDebounced } from "../../hooks/useDebounced";
import { useLazyDialog } from "../../hooks/useLazyDialog";
import { useNow } from "../../hooks/useNow";
import { strings } from "../../strings";
import { ChannelBadge } from "../messaging/ChannelBadge";
import { selectWords, toggled, type Chosen } from "../orders/selecting";
import css from "./ContactsPage.module.css";
import { Reminders } from "./Reminders";
import { words } from "./words";

const ContactsBulkBar = lazy(() => import("../bulk/ContactsBulkBar"));
const RemindDialog = lazy(() => import("./RemindDialog"));

const TEXTS = "sms";

/** My customers in this store, with what I am to remember on top (H14, H20); several can be ticked (L13). */
export default function ContactsPage({ me, store }: { me: Me; store: StoreView }) {
  const [q, setQ] = useState("");
  const rested = useDebounced(q.trim());
  const [chosen, choose] = useState<Chosen | null>(null);
  const contacts = useContacts(store.id, rested);
  const texted = (contacts.data?.rows ?? []).filter(({ channel }) => channel === TEXTS);
  return (
    <div className={css.page}>
      <header className={css.header}>
        <h1 className={css.heading}>{words.heading}</h1>
        <Link href={paths.bulk(store.id)} className={css.link}>
          {selectWords.bulks}
        </Link>
        <Button size="small" onPress={() => choose(chosen === null ? new Set() : null)}>
          {chosen === null ? selectWords.select : selectWords.done}
        </Button>
        <div className={css.search}>
          <SearchField label={words.search} clearLabel={strings.common.clearSearch} value={q} onChange={setQ} />
        </div>
      </header>
      {rested === "" && chosen === null && <Reminders me={me} store={store} />}
      <Rows store={store} q={rested} contacts={contacts} chosen={chosen} choose={choose} />
      {chosen !== null && (
        <Suspense fallback={null}>
          <ContactsBulkBar
            store={store}
            ids={texted.map((row) => row.conversation_id)}
            chosen={chosen}
            choose={choose}
          />
        </Suspense>
      )}
    </div>
  );
}

interface RowsProps {
  store: StoreView;
  q: string;
  contacts: ReturnType<typeof useContacts>;
  chosen: Chosen | null;
  choose: (chosen: Chosen) => void;
}

function Rows({ store, q, contacts, chosen, choose }: RowsProps) {
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
          <li key={row.customer_id} className={css.item}>
            {chosen && (
              <label className={css.tick}>
                <input
                  type="checkbox"
                  aria-label={words.tick(nameOf(row))}
                  title={row.channel === TEXTS ? undefined : words.noTexts}
                  disabled={row.channel !== TEXTS}
                  checked={chosen.has(row.conversation_id)}
                  onChange={() => choose(toggled(chosen, row.conversation_id))}
                />
              </label>
            )}
            <Row store={store} row={row} now={now} />
          </li>
        ))}
      </ul>
      {truncated && <p className={css.more}>{words.more}</p>}
    </>
  );
}

const nameOf = (row: ContactView) => row.customer_name || row.customer_address || strings.messaging.unnamed;

function Row({ store, row, now }: { store: StoreView; row: ContactView; now: number }) {
  const dialog = useLazyDialog();
  const name = nameOf(row);
  return (
    <>
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
    </>
  );
}
