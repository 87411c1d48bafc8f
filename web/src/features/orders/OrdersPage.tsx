import { SearchX, ShoppingBag } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";

import { ApiError } from "../../api/errors";
import type { OrderView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { paths } from "../../app/paths";
import { useOrders } from "../../data/queries";
import { Avatar } from "../../design/Avatar";
import { Button } from "../../design/Button";
import { EmptyState } from "../../design/EmptyState";
import { SearchField } from "../../design/Field";
import { LoadMore } from "../../design/LoadMore";
import { MoreMatches } from "../../design/MoreMatches";
import { SkeletonRows } from "../../design/Skeleton";
import { money } from "../../domain/money";
import { mayManage } from "../../domain/permissions";
import { dayAndTime } from "../../domain/times";
import { useDebounced } from "../../hooks/useDebounced";
import { useNow } from "../../hooks/useNow";
import { strings } from "../../strings";
import { OrderChips } from "./OrderChips";
import css from "./OrdersPage.module.css";
import { selectWords, toggled, type Chosen } from "./selecting";

const BulkBar = lazy(() => import("../bulk/OrdersBulkBar"));
const words = strings.orders;

/** The store's active orders, newest first, with search; several can be ticked (L13). */
export default function OrdersPage({ store }: { store: StoreView }) {
  const [q, setQ] = useState("");
  const [chosen, choose] = useState<Chosen | null>(null);
  const rested = useDebounced(q.trim());
  const orders = useOrders(store.id, false, rested);
  return (
    <div className={css.page}>
      <header className={css.header}>
        <h1 className={css.heading}>{words.heading}</h1>
        {mayManage(store) && (
          <Link href={paths.sales(store.id)} className={css.link}>
            {selectWords.sales}
          </Link>
        )}
        {store.messaging && (
          <>
            <Link href={paths.bulk(store.id)} className={css.link}>
              {selectWords.bulks}
            </Link>
            <Button size="small" onPress={() => choose(chosen === null ? new Set() : null)}>
              {chosen === null ? selectWords.select : selectWords.done}
            </Button>
          </>
        )}
        <div className={css.search}>
          <SearchField label={words.search} clearLabel={strings.common.clearSearch} value={q} onChange={setQ} />
        </div>
      </header>
      <Rows store={store} q={rested} orders={orders} chosen={chosen} choose={choose} />
      {chosen !== null && (
        <Suspense fallback={null}>
          <BulkBar store={store} orders={orders} chosen={chosen} choose={choose} />
        </Suspense>
      )}
    </div>
  );
}

interface RowsProps {
  store: StoreView;
  q: string;
  orders: ReturnType<typeof useOrders>;
  chosen: Chosen | null;
  choose: (chosen: Chosen) => void;
}

function Rows({ store, q, orders, chosen, choose }: RowsProps) {
  if (orders.isPending) return <SkeletonRows label={words.loading} />;
  if (!orders.data) return <Failure error={orders.error} retry={() => void orders.refetch()} />;
  const rows = orders.data.pages.flatMap((page) => page.rows);
  const truncated = <MoreMatches pages={orders.data.pages}>{strings.common.moreMatches}</MoreMatches>;
  if (rows.length === 0) {
    return q === "" ? (
      <EmptyState icon={<ShoppingBag size={24} />} title={words.none}>
        {words.noneText}
      </EmptyState>
    ) : (
      <>
        <EmptyState icon={<SearchX size={24} />} title={words.noneFound(q)} />
        {truncated}
      </>
    );
  }
  return (
    <>
      <ul aria-label={words.list} className={css.list}>
        {rows.map((order) => (
          <li key={order.id} className={css.item}>
            {chosen && (
              <label className={css.tick}>
                <input
                  type="checkbox"
                  aria-label={selectWords.tick(order.number, order.customer_name || strings.messaging.unnamed)}
                  checked={chosen.has(order.id)}
                  onChange={() => choose(toggled(chosen, order.id))}
                />
              </label>
            )}
            <Row store={store} order={order} />
          </li>
        ))}
      </ul>
      {truncated}
      <LoadMore
        label={strings.common.loadMore}
        hasMore={orders.hasNextPage}
        isLoading={orders.isFetchingNextPage}
        load={() => void orders.fetchNextPage()}
      />
    </>
  );
}

function Failure({ error, retry }: { error: unknown; retry: () => void }) {
  if (!(error instanceof ApiError && error.status === 403)) return <LoadFailure error={error} retry={retry} />;
  return (
    <EmptyState icon={<ShoppingBag size={24} />} title={strings.errors.denied}>
      {words.deniedText}
    </EmptyState>
  );
}

function Row({ store, order }: { store: StoreView; order: OrderView }) {
  const now = useNow();
  const name = order.customer_name || strings.messaging.unnamed;
  return (
    <Link href={paths.order(store.id, order.id)} className={css.row} data-testid="order-row">
      <Avatar name={name} />
      <span className={css.who}>
        <span className={css.name}>{name}</span>
        <span className={css.sub}>
          {order.number} · {dayAndTime(order.placed_at, now, { timeZone: store.timezone }, strings.time)}
        </span>
      </span>
      <span className={css.chips}>
        <OrderChips order={order} />
      </span>
      <span className={css.total}>{money(order.total, order.currency)}</span>
    </Link>
  );
}
