import { Store } from "lucide-react";

import type { CatalogueView, OrderReadingView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { Button } from "../../design/Button";
import { EmptyState } from "../../design/EmptyState";
import { SkeletonRows } from "../../design/Skeleton";
import { dateAndTime } from "../../domain/times";
import { useCatalogues, useReadShop } from "./queries";
import { SectionHeading } from "./SectionHeading";
import css from "./ShopSection.module.css";
import { words as all } from "./words";

const words = all.shop;

/** The merchant's shops, and how far their catalogues are read. */
export function ShopSection({ store }: { store: StoreView }) {
  const shops = useCatalogues(store.id);
  return (
    <>
      <SectionHeading title={words.name}>{words.lead}</SectionHeading>
      {shops.isPending && <SkeletonRows count={1} label={words.loading} avatar={false} />}
      {shops.isError && !shops.data && <LoadFailure error={shops.error} retry={() => void shops.refetch()} />}
      {shops.data?.rows.length === 0 && (
        <EmptyState icon={<Store size={24} />} title={words.none}>
          {words.noneText}
        </EmptyState>
      )}
      {shops.data?.rows.map((shop) => (
        <Shop key={shop.connection_id} store={store} shop={shop} />
      ))}
    </>
  );
}

function Shop({ store, shop }: { store: StoreView; shop: CatalogueView }) {
  const read = useReadShop(store.id, "catalogue");
  const runs = shop.phase === "reading" || shop.phase === "checking";
  return (
    <section className={css.shop} aria-label={shop.shop} data-testid="catalogue" data-phase={shop.phase ?? ""}>
      <h3 className={css.name}>{shop.shop}</h3>
      <p role="status">{said(shop)}</p>
      {runs && shop.total > 0 && (
        <progress className={css.bar} aria-label={words.name} max={shop.total} value={shop.read} />
      )}
      {shop.waiting && <p className={css.muted}>{words.waiting}</p>}
      {shop.finished_at !== null && (
        <p className={css.muted}>{words.last(dateAndTime(shop.finished_at, { timeZone: store.timezone }))}</p>
      )}
      {shop.readable && (
        <Button
          size="small"
          isPending={read.isPending}
          isDisabled={runs}
          onPress={() => read.mutate(shop.connection_id)}
        >
          {words.go}
        </Button>
      )}
      {shop.readable && <Orders store={store} shop={shop} />}
    </section>
  );
}

/** What webhooks lost among the shop's orders, and how far that is known. */
function Orders({ store, shop }: { store: StoreView; shop: CatalogueView }) {
  const read = useReadShop(store.id, "orders");
  const { orders } = shop;
  return (
    <>
      <h4 className={css.name}>{words.orders}</h4>
      <p role="status" data-testid="orders-read" data-phase={orders?.phase ?? ""}>
        {ordersSaid(orders)}
      </p>
      {orders?.waiting && <p className={css.muted}>{words.waiting}</p>}
      {orders && orders.known_to !== null && (
        <p className={css.muted}>{words.ordersLast(dateAndTime(orders.known_to, { timeZone: store.timezone }))}</p>
      )}
      <Button
        size="small"
        isPending={read.isPending}
        isDisabled={orders?.phase === "reading"}
        onPress={() => read.mutate(shop.connection_id)}
      >
        {words.ordersGo}
      </Button>
    </>
  );
}

function ordersSaid(orders: OrderReadingView | null): string {
  switch (orders?.phase) {
    case undefined:
      return words.ordersNotYet;
    case "reading":
      return words.ordersReading(orders.read);
    case "refused":
      return words.ordersRefused;
    case "done":
      return words.ordersDone(orders.found);
  }
}

function said(shop: CatalogueView): string {
  if (!shop.readable) return words.notReadable;
  switch (shop.phase) {
    case null:
      return words.notYet;
    case "reading":
      return words.reading(shop.read, shop.total);
    case "checking":
      return words.checking;
    case "refused":
      return words.refused;
    case "done":
      return words.done(shop.read);
  }
}
