import { ArrowLeft, MessagesSquare } from "lucide-react";
import { Link } from "wouter";

import type { BulkView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { paths } from "../../app/paths";
import { useBulks } from "../../data/bulk";
import { EmptyState } from "../../design/EmptyState";
import { SkeletonRows } from "../../design/Skeleton";
import { dateAndTime } from "../../domain/times";
import css from "./Bulk.module.css";
import { OneBulk } from "./OneBulk";
import { Progress, State } from "./Progress";
import { words } from "./words";

const LISTED = 50;

/** One bulk text and how far it is, or all of them (L13). */
export default function BulkPage({ store, id }: { store: StoreView; id: string | undefined }) {
  return (
    <div className={css.page}>
      <Link href={id === undefined ? paths.orders(store.id) : paths.bulk(store.id)} className={css.back}>
        <ArrowLeft size={16} aria-hidden="true" />
        {id === undefined ? words.back : words.all}
      </Link>
      {id === undefined ? <All store={store} /> : <OneBulk key={id} store={store} id={id} />}
    </div>
  );
}

function All({ store }: { store: StoreView }) {
  const bulks = useBulks(store.id);
  return (
    <>
      <h1 className={css.heading}>{words.heading}</h1>
      {bulks.isPending && <SkeletonRows label={words.loading} avatar={false} />}
      {bulks.isError && !bulks.data && <LoadFailure error={bulks.error} retry={() => void bulks.refetch()} />}
      {bulks.data?.rows.length === 0 && (
        <EmptyState icon={<MessagesSquare size={24} />} title={words.none}>
          {words.noneText}
        </EmptyState>
      )}
      {bulks.data && bulks.data.rows.length > 0 && (
        <ul aria-label={words.list} className={css.list}>
          {bulks.data.rows.map((bulk) => (
            <Row key={bulk.id} store={store} bulk={bulk} />
          ))}
        </ul>
      )}
      {bulks.data && bulks.data.rows.length >= LISTED && <p className={css.muted}>{words.newestOnly}</p>}
    </>
  );
}

function Row({ store, bulk }: { store: StoreView; bulk: BulkView }) {
  return (
    <li className={css.item}>
      <Link href={paths.bulk(store.id, bulk.id)} className={css.row} data-testid="bulk-row">
        <span className={css.line}>
          <span className={css.text} dir="auto">
            {bulk.text}
          </span>
          <State bulk={bulk} />
        </span>
        <Progress bulk={bulk} />
        <span className={css.muted}>
          {words.startedBy(bulk.sender_name, dateAndTime(bulk.made_at, { timeZone: store.timezone }))}
        </span>
      </Link>
    </li>
  );
}
