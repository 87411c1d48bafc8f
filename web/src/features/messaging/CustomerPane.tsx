import { ArrowLeft } from "lucide-react";
import { Suspense } from "react";
import { Link, useLocation } from "wouter";

import type { CustomerView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { paths } from "../../app/paths";
import { quietly } from "../../app/quietly";
import { useCustomer } from "../../data/queries";
import { Avatar } from "../../design/Avatar";
import { Badge } from "../../design/Badge";
import { IconButton } from "../../design/Button";
import { SkeletonRows } from "../../design/Skeleton";
import { money } from "../../domain/money";
import { dateAndTime } from "../../domain/times";
import { strings } from "../../strings";
import { RemindAction } from "../contacts/RemindAction";
import { LazyNotes } from "../notes/LazyNotes";
import { OrderChips } from "../orders/OrderChips";
import { ConsentHistory } from "./ConsentHistory";
import css from "./CustomerPane.module.css";
import { EraseAction } from "./EraseAction";
import { MergeAction } from "./MergeAction";
import { Addresses } from "./Unmask";

const ExportAction = quietly(() => import("./ExportAction"));
const Tags = quietly(() => import("../notes/Tags"));
const words = strings.customer;

/** The right pane: who the customer is, and their orders in this store (S14). */
export function CustomerPane({ store, id }: { store: StoreView; id: string }) {
  const [, go] = useLocation();
  const customer = useCustomer(id);
  return (
    <section className={css.pane} aria-label={words.pane}>
      <div className={css.back}>
        <IconButton label={strings.messaging.backToConversation} onPress={() => go(paths.conversation(store.id, id))}>
          <ArrowLeft size={20} aria-hidden="true" />
        </IconButton>
      </div>
      {customer.isPending && <SkeletonRows label={words.loading} count={3} avatar={false} />}
      {customer.isError && !customer.data && (
        <LoadFailure error={customer.error} retry={() => void customer.refetch()} />
      )}
      {customer.data && <Details store={store} id={id} customer={customer.data} />}
    </section>
  );
}

interface DetailsProps {
  store: StoreView;
  /** Of the conversation. */
  id: string;
  customer: CustomerView;
}

function Details({ store, id, customer }: DetailsProps) {
  const { consent, consent_at: since } = customer;
  return (
    <>
      <div className={css.head}>
        <Avatar name={customer.name} size="large" />
        <h2 className={css.name}>{customer.name || strings.messaging.unnamed}</h2>
        <Badge tone={customer.kind === "member" ? "accent" : "neutral"}>{words.kinds[customer.kind]}</Badge>
      </div>
      <Suspense fallback={null}>
        <Tags key={`tags-${id}`} id={id} tags={customer.tags} />
      </Suspense>
      <dl className={css.facts}>
        <Addresses key={id} store={store} id={id} customer={customer} />
        <dt>{words.consent}</dt>
        <dd className={consent === "opted_out" ? css.out : undefined}>
          {words.consents[consent]}
          {since !== null && (
            <span className={css.since}>{words.since(dateAndTime(since, { timeZone: store.timezone }))}</span>
          )}
        </dd>
      </dl>
      <ConsentHistory key={`history-${id}`} store={store} id={id} />
      {store.contacts && <RemindAction key={`remind-${id}`} store={store} id={id} name={customer.name} />}
      <MergeAction key={`merge-${id}`} store={store} id={id} customer={customer} />
      {store.permissions.includes("unmask") && (
        <Suspense fallback={null}>
          <ExportAction key={`export-${id}`} id={id} customer={customer} />
        </Suspense>
      )}
      <EraseAction key={`erase-${id}`} store={store} id={id} customer={customer} />
      <LazyNotes key={`notes-${id}`} store={store} subject={{ kind: "customer", id }} />
      <h3 className={css.heading} id="customer-orders">
        {words.orders}
      </h3>
      {customer.orders.length === 0 && <p className={css.none}>{words.noOrders}</p>}
      <ul aria-labelledby="customer-orders" className={css.orders}>
        {customer.orders.map((order) => (
          <li key={order.id}>
            <Link href={paths.order(store.id, order.id)} className={css.order}>
              <span className={css.line}>
                <strong>{order.number}</strong>
                <span className={css.total}>{money(order.total, order.currency)}</span>
              </span>
              <span className={css.when}>{dateAndTime(order.placed_at, { timeZone: store.timezone })}</span>
              <span className={css.chips}>
                <OrderChips order={order} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
