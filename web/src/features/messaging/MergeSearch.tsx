import { useState } from "react";

import type { CustomerView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import type { Chosen } from "../../data/merges";
import { useConversations, useOrders } from "../../data/queries";
import { Avatar } from "../../design/Avatar";
import { SearchField } from "../../design/Field";
import { MoreMatches } from "../../design/MoreMatches";
import { SkeletonRows } from "../../design/Skeleton";
import { useDebounced } from "../../hooks/useDebounced";
import { strings } from "../../strings";
import css from "./MergeDialog.module.css";
import { nameOf } from "./names";

const words = strings.merge;

interface MergeSearchProps {
  store: StoreView;
  /** Of the conversation. */
  id: string;
  customer: CustomerView;
  onChoose: (chosen: Chosen) => void;
}

/** The other customer, by a conversation or an order of theirs in this store. */
export function MergeSearch(props: MergeSearchProps) {
  const [q, setQ] = useState("");
  const rested = useDebounced(q.trim());
  return (
    <div className={css.body}>
      <p className={css.muted}>{words.intro(props.customer.name || strings.messaging.unnamed)}</p>
      <SearchField label={words.search} clearLabel={strings.common.clearSearch} value={q} onChange={setQ} autoFocus />
      {rested !== "" && <Found {...props} q={rested} />}
    </div>
  );
}

interface Row {
  chosen: Chosen;
  name: string;
  detail: string;
}

function Found({ store, id, customer, onChoose, q }: MergeSearchProps & { q: string }) {
  const open = useConversations(store.id, "open", q, false);
  const closed = useConversations(store.id, "closed", q, false);
  const orders = useOrders(store.id, false, q);
  const all = [open, closed, orders];
  const failed = all.find((one) => one.isError && !one.data);
  if (failed) return <LoadFailure error={failed.error} retry={() => all.forEach((one) => void one.refetch())} />;
  if (!open.data || !closed.data || !orders.data) return <SkeletonRows label={words.loading} count={4} />;
  const talks: Row[] = [...open.data.pages, ...closed.data.pages]
    .flatMap((page) => page.rows)
    .filter((row) => row.id !== id)
    .map((row) => ({
      chosen: { kind: "conversation", id: row.id },
      name: nameOf(row),
      detail: [row.customer_address, row.state === "closed" && words.closed].filter(Boolean).join(" · "),
    }));
  const bought: Row[] = orders.data.pages
    .flatMap((page) => page.rows)
    .filter((order) => order.customer_id !== customer.id)
    .map((order) => ({
      chosen: { kind: "order", id: order.id },
      name: order.customer_name || strings.messaging.unnamed,
      detail: order.number,
    }));
  return (
    <div className={css.scroll}>
      {talks.length + bought.length === 0 && <p role="status">{words.noneFound(q)}</p>}
      <Rows label={words.conversations} rows={talks} onChoose={onChoose} />
      <Rows label={words.orders} rows={bought} onChoose={onChoose} />
      <MoreMatches pages={[...open.data.pages, ...closed.data.pages, ...orders.data.pages]}>
        {strings.common.moreMatches}
      </MoreMatches>
    </div>
  );
}

function Rows({ label, rows, onChoose }: { label: string; rows: Row[]; onChoose: (chosen: Chosen) => void }) {
  if (rows.length === 0) return null;
  return (
    <>
      <h3 className={css.heading}>{label}</h3>
      <ul aria-label={label}>
        {rows.map(({ chosen, name, detail }) => (
          <li key={chosen.id}>
            <button type="button" className={css.row} onClick={() => onChoose(chosen)}>
              <Avatar name={name} />
              <span className={css.who}>
                <span className={css.name}>{name}</span>
                <span className={css.muted}>{detail}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
