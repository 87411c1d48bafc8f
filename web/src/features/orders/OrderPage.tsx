import { ArrowLeft, MessageCircle, MessageCirclePlus } from "lucide-react";
import { Suspense, useState } from "react";
import { Link, useLocation } from "wouter";

import type { OrderView, StoreView } from "../../api/types";
import { Boundary, LoadFailure } from "../../app/Failure";
import { paths } from "../../app/paths";
import { quietly } from "../../app/quietly";
import { useBroke } from "../../data/credits";
import { useOrder } from "../../data/queries";
import { Avatar } from "../../design/Avatar";
import { Button } from "../../design/Button";
import { SkeletonRows } from "../../design/Skeleton";
import { money } from "../../domain/money";
import { dateAndTime } from "../../domain/times";
import { strings } from "../../strings";
import { StartDialog } from "../messaging/StartDialog";
import { LazyNotes } from "../notes/LazyNotes";
import { OrderChips } from "./OrderChips";
import css from "./OrderPage.module.css";

const OrderTexts = quietly(() => import("./OrderTexts"));
const words = strings.orders;

/** One order: what was bought by whom, and the way into a conversation about it (D9). */
export default function OrderPage({ store, orderId }: { store: StoreView; orderId: string }) {
  const order = useOrder(orderId);
  return (
    <div className={css.page}>
      <Link href={paths.orders(store.id)} className={css.back}>
        <ArrowLeft size={16} aria-hidden="true" />
        {words.back}
      </Link>
      {order.isPending && <SkeletonRows label={words.loading} avatar={false} />}
      {order.isError && !order.data && <LoadFailure error={order.error} retry={() => void order.refetch()} />}
      {order.data && <Order store={store} order={order.data} />}
    </div>
  );
}

function Order({ store, order }: { store: StoreView; order: OrderView }) {
  return (
    <>
      <header className={css.header}>
        <div className={css.title}>
          <h1 className={css.heading}>{words.title(order.number)}</h1>
          <OrderChips order={order} />
        </div>
        {store.messaging && <Talk store={store} order={order} />}
      </header>
      <div className={css.customer}>
        <Avatar name={order.customer_name} />
        <div>
          <p className={css.name}>{order.customer_name || strings.messaging.unnamed}</p>
          <p className={css.muted}>
            {words.placed} {dateAndTime(order.placed_at, { timeZone: store.timezone })}
          </p>
        </div>
      </div>
      <Lines order={order} />
      {store.messaging && (
        <Boundary key={order.id}>
          <Suspense fallback={null}>
            <OrderTexts store={store} orderId={order.id} />
          </Suspense>
        </Boundary>
      )}
      {store.messaging && <LazyNotes store={store} subject={{ kind: "order", id: order.id }} />}
    </>
  );
}

function Talk({ store, order }: { store: StoreView; order: OrderView }) {
  const [, go] = useLocation();
  const [starting, setStarting] = useState(false);
  const broke = useBroke(store);
  const { conversation_id: conversation } = order;
  if (conversation === null && !order.startable) return <p className={css.muted}>{words.notStartable}</p>;
  return (
    <div className={css.talk}>
      {conversation !== null && (
        <Button variant="primary" onPress={() => go(paths.conversation(store.id, conversation))}>
          <MessageCircle size={16} aria-hidden="true" />
          {words.openConversation}
        </Button>
      )}
      {/* Also beside the former: what it opens may have ended, or have been deleted a moment ago. */}
      {order.startable && !broke && (
        <Button variant={conversation === null ? "primary" : "secondary"} onPress={() => setStarting(true)}>
          <MessageCirclePlus size={16} aria-hidden="true" />
          {words.newMessage}
        </Button>
      )}
      <StartDialog store={store} order={order} isOpen={starting} onClose={() => setStarting(false)} />
    </div>
  );
}

function Lines({ order }: { order: OrderView }) {
  return (
    <table className={css.lines}>
      <caption className="visually-hidden">{words.lines}</caption>
      <thead>
        <tr>
          <th scope="col">{words.item}</th>
          <th scope="col">{words.quantity}</th>
          <th scope="col" className={css.price}>
            {words.price}
          </th>
          <th scope="col">{words.amount}</th>
        </tr>
      </thead>
      <tbody>
        {order.lines.map((line, index) => (
          <tr key={index}>
            <td>{line.title}</td>
            <td>{line.quantity}</td>
            <td className={css.price}>{money(line.price, order.currency)}</td>
            <td>{money(line.price * line.quantity, order.currency)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            {words.total}
          </th>
          <td className={css.price} />
          <td>{money(order.total, order.currency)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
