import { Download, ScrollText } from "lucide-react";
import { useState } from "react";

import type { AuditAct, AuditEntryView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { useAccount } from "../../data/account";
import { explain } from "../../data/explain";
import { useColleagues } from "../../data/queries";
import { Button } from "../../design/Button";
import { EmptyState } from "../../design/EmptyState";
import { LoadMore } from "../../design/LoadMore";
import { MoreMatches } from "../../design/MoreMatches";
import { SkeletonRows } from "../../design/Skeleton";
import { showToast } from "../../design/toasts";
import { csv } from "../../domain/csv";
import { dateAndTime } from "../../domain/times";
import css from "./AuditSection.module.css";
import { download } from "./download";
import { type AuditFilter, everyEntry, useAudit } from "./auditQueries";
import { SectionHeading } from "./SectionHeading";
import { words as all } from "./words";

const words = all.audit;
const ACTS = Object.keys(words.acts) as AuditAct[];

/** Who did what to which conversation, newest first; of one person or one kind of act; as a file (X24). */
export function AuditSection({ store }: { store: StoreView }) {
  const [filter, setFilter] = useState<AuditFilter>({ associate: "", act: "" });
  return (
    <>
      <SectionHeading title={words.name}>{words.lead}</SectionHeading>
      <Filter store={store} filter={filter} onChange={setFilter} />
      <Entries store={store} filter={filter} />
    </>
  );
}

interface FilterProps {
  store: StoreView;
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
}

function Filter({ store, filter, onChange }: FilterProps) {
  const colleagues = useColleagues(store.id).data?.rows ?? [];
  return (
    <div className={css.filter}>
      <select
        className={css.select}
        aria-label={words.who}
        value={filter.associate}
        onChange={(event) => onChange({ ...filter, associate: event.target.value })}
      >
        <option value="">{words.everybody}</option>
        {colleagues.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
      <select
        className={css.select}
        aria-label={words.what}
        value={filter.act}
        onChange={(event) => onChange({ ...filter, act: event.target.value as AuditFilter["act"] })}
      >
        <option value="">{words.everything}</option>
        {ACTS.map((act) => (
          <option key={act} value={act}>
            {words.acts[act]}
          </option>
        ))}
      </select>
      <Export store={store} filter={filter} />
    </div>
  );
}

/** The entries that the filter lets through, as a table for spreadsheets. */
function Export({ store, filter }: { store: StoreView; filter: AuditFilter }) {
  const { api } = useAccount();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const rows = await everyEntry(api, store.id, filter);
      download(`audit-${store.id}.csv`, csv([words.columns, ...rows.map(asCells)]), "text/csv");
    } catch (error) {
      showToast(explain(error), { tone: "danger" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size="small" isPending={busy} onPress={() => void save()}>
      {!busy && <Download size={15} aria-hidden="true" />}
      {words.export}
    </Button>
  );
}

function asCells(entry: AuditEntryView): string[] {
  const at = new Date(entry.at).toISOString();
  return [at, entry.associate_name, entry.associate_id, entry.act, entry.conversation_id, entry.about_id];
}

function Entries({ store, filter }: { store: StoreView; filter: AuditFilter }) {
  const log = useAudit(store.id, filter);
  if (log.isPending) return <SkeletonRows count={4} label={words.loading} avatar={false} />;
  if (!log.data) return <LoadFailure error={log.error} retry={() => void log.refetch()} />;
  const rows = log.data.pages.flatMap((page) => page.rows);
  return (
    <>
      {rows.length === 0 && (
        <EmptyState icon={<ScrollText size={24} />} title={words.none}>
          {words.noneText}
        </EmptyState>
      )}
      <ul className={css.list} aria-label={words.list}>
        {rows.map((entry) => (
          <li key={entry.id} className={css.row} data-testid="audit-row">
            <span>
              <strong>{entry.associate_name || words.gone}</strong> {words.acts[entry.act]}
              <span className={css.muted}>
                {entry.about_id ? words.about(entry.about_id) : words.conversation(entry.conversation_id)}
              </span>
            </span>
            <time className={css.time}>{dateAndTime(entry.at, { timeZone: store.timezone })}</time>
          </li>
        ))}
      </ul>
      <MoreMatches pages={log.data.pages}>{words.more}</MoreMatches>
      <LoadMore
        label={words.older}
        hasMore={log.hasNextPage}
        isLoading={log.isFetchingNextPage}
        load={() => void log.fetchNextPage()}
      />
    </>
  );
}
