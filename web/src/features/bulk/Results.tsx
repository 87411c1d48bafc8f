import { Download } from "lucide-react";
import { useState } from "react";
import { Link } from "wouter";

import type { BulkResult, BulkView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { paths } from "../../app/paths";
import { settledParts, useBulkResults, useEveryResult } from "../../data/bulk";
import { explain } from "../../data/explain";
import { Badge } from "../../design/Badge";
import { Button } from "../../design/Button";
import { LoadMore } from "../../design/LoadMore";
import { SkeletonRows } from "../../design/Skeleton";
import { showToast } from "../../design/toasts";
import { csv } from "../../domain/csv";
import { download } from "../settings/download";
import css from "./Bulk.module.css";
import { words } from "./words";

/** What became of each that is done, with why not. */
export function Results({ store, bulk }: { store: StoreView; bulk: BulkView }) {
  const results = useBulkResults(store.id, bulk);
  const [onlyUnsent, setOnlyUnsent] = useState(false);
  const rows = (results.data?.pages ?? []).flatMap((page) => page.rows);
  const shown = onlyUnsent ? rows.filter((row) => row.unsent !== null) : rows;
  const none = settledParts(bulk) === 0;
  return (
    <section aria-labelledby="bulk-results" className={css.results}>
      <div className={css.header}>
        <h2 id="bulk-results" className={css.subheading}>
          {words.results[bulk.to]}
        </h2>
        {!none && <File store={store} bulk={bulk} />}
      </div>
      {none && <p className={css.muted}>{words.noResults}</p>}
      {bulk.unsent > 0 && (
        <label className={css.check}>
          <input type="checkbox" checked={onlyUnsent} onChange={(event) => setOnlyUnsent(event.target.checked)} />
          {words.onlyUnsent}
        </label>
      )}
      {!none && results.isPending && <SkeletonRows label={words.loadingResults[bulk.to]} avatar={false} />}
      {results.isError && !results.data && <LoadFailure error={results.error} retry={() => void results.refetch()} />}
      <ul aria-label={words.results[bulk.to]} className={css.list}>
        {shown.map((row) => (
          <Row key={row.id} store={store} to={bulk.to} row={row} />
        ))}
      </ul>
      {onlyUnsent && shown.length === 0 && !results.hasNextPage && <p className={css.muted}>{words.noneUnsent}</p>}
      <LoadMore
        label={words.more}
        hasMore={results.hasNextPage}
        isLoading={results.isFetchingNextPage}
        load={() => void results.fetchNextPage()}
      />
    </section>
  );
}

interface RowProps {
  store: StoreView;
  to: BulkView["to"];
  row: BulkResult;
}

function Row({ store, to, row }: RowProps) {
  return (
    <li className={css.result} data-testid="bulk-result">
      <span className={css.who}>
        <Whose store={store} to={to} row={row} />
      </span>
      {row.unsent === null ? (
        <>
          <Badge tone="success">{words.wasSent}</Badge>
          {to === "orders" && row.conversation_id !== null && (
            <Link href={paths.conversation(store.id, row.conversation_id)} className={css.link}>
              {words.open}
            </Link>
          )}
        </>
      ) : (
        <>
          <Badge>{words.wasNotSent}</Badge>
          <span className={css.muted}>{words.why[row.unsent]}</span>
        </>
      )}
    </li>
  );
}

function Whose({ store, to, row }: RowProps) {
  if (row.customer_name === null) return words.unknown[to];
  const name = row.customer_name || words.unnamed;
  if (to === "contacts")
    return (
      <Link href={paths.conversation(store.id, row.id)} className={css.link}>
        {name}
      </Link>
    );
  return (
    <>
      <Link href={paths.order(store.id, row.id)} className={css.link}>
        {row.order_number}
      </Link>
      <span className={css.muted}>{name}</span>
    </>
  );
}

function File({ store, bulk }: { store: StoreView; bulk: BulkView }) {
  const every = useEveryResult(store.id, bulk);
  const [reading, setReading] = useState<number | null>(null);
  const save = async () => {
    try {
      download(
        "bulk-text.csv",
        csv([words.columns[bulk.to], ...(await every(setReading)).map((row) => asCells(bulk.to, row))]),
        "text/csv",
      );
    } catch (error) {
      showToast(explain(error), { tone: "danger" });
    }
    setReading(null);
  };
  return (
    <>
      {reading !== null && (
        <span role="status" className={css.muted}>
          {words.filing(reading, settledParts(bulk))}
        </span>
      )}
      <Button size="small" isPending={reading !== null} onPress={() => void save()}>
        <Download size={16} aria-hidden="true" />
        {words.file}
      </Button>
    </>
  );
}

const asCells = (to: BulkView["to"], { order_number, customer_name, unsent }: BulkResult): string[] => [
  ...(to === "orders" ? [order_number ?? words.unknown.orders, customer_name ?? ""] : []),
  ...(to === "contacts" ? [customer_name ?? words.unknown.contacts] : []),
  unsent === null ? words.wasSent : words.wasNotSent,
  unsent === null ? "" : words.why[unsent],
];
