import { RotateCw } from "lucide-react";

import { Badge } from "../design/Badge";
import { Button, IconButton } from "../design/Button";
import { simulator, type OrderAction, type PrivacyAction, type ShopEvent, type ShopOrder } from "./api";
import { useNow } from "./clock";
import { customerName, money, when } from "./format";
import { useAct, useRepeat } from "./live";
import css from "./OrderCard.module.css";
import { strings } from "./strings";

const ACTIONS: OrderAction[] = ["pay", "fulfil", "cancel", "close"];
/** What Shopify asks apps for, of the order's customer or of the whole shop. */
const PRIVACY: PrivacyAction[] = ["request-data", "redact", "redact-shop"];

/** One order: its state, what may happen to it, and how its webhooks were answered. */
export function OrderCard({ order, store }: { order: ShopOrder; store: string }) {
  const now = useNow();
  const move = useAct((action: OrderAction | PrivacyAction) => simulator.moveOrder(order.id, action));
  return (
    <article aria-label={strings.orderLabel(order.number)} className={css.card}>
      <div className={css.row}>
        <h4 className={css.number}>{order.number}</h4>
        <span className={css.customer}>{customerName(order.customer)}</span>
        <span className={css.total}>{money(order.total, order.currency)}</span>
      </div>
      <p className={css.detail}>
        {strings.platforms[order.platform]} · {store} · {when(order.placed_at, now)} ·{" "}
        {order.lines.map((line) => `${line.quantity} × ${line.title}`).join(", ")}
      </p>
      <States order={order} />
      <div className={css.actions}>
        {ACTIONS.map((action) => (
          <Button
            key={action}
            size="small"
            isDisabled={move.isPending || !possible(order, action)}
            onPress={() => move.mutate(action)}
          >
            {strings.actions[action]}
          </Button>
        ))}
        {order.platform === "shopify" &&
          PRIVACY.map((action) => (
            <Button key={action} size="small" isDisabled={move.isPending} onPress={() => move.mutate(action)}>
              {strings.privacy[action]}
            </Button>
          ))}
        {order.platform === "shopify" && (
          <a className={css.account} href={simulator.accountUrl(order.id)} target="_blank" rel="noopener">
            {strings.account}
          </a>
        )}
      </div>
      {order.events.length === 0 ? (
        <p className={css.seeded}>{strings.seeded}</p>
      ) : (
        <details className={css.events}>
          <summary>
            {strings.webhooks(order.events.length)} <Answer event={order.events.at(-1)} />
          </summary>
          <ul>
            {order.events.map((event) => (
              <Webhook key={event.event_id} event={event} />
            ))}
          </ul>
        </details>
      )}
    </article>
  );
}

function States({ order }: { order: ShopOrder }) {
  const { payment } = order;
  return (
    <p className={css.states}>
      <Badge tone={payment === "paid" ? "success" : "neutral"}>{strings.payment[payment]}</Badge>
      {order.fulfilment === "fulfilled" && <Badge tone="success">{strings.fulfilled}</Badge>}
      {order.cancelled_at !== null && <Badge tone="danger">{strings.cancelled}</Badge>}
      {order.closed_at !== null && <Badge>{strings.closed}</Badge>}
    </p>
  );
}

function Webhook({ event }: { event: ShopEvent }) {
  const repeat = useRepeat(simulator.repeatEvent);
  return (
    <li className={css.event}>
      <span className={css.topic}>{event.topic}</span>
      {event.attempts > 1 && <span className={css.tries}>{strings.tries(event.attempts)}</span>}
      <Answer event={event} />
      <IconButton
        label={`${strings.repeat} ${event.topic}`}
        size="small"
        className={css.repeat ?? ""}
        isDisabled={repeat.isPending}
        onPress={() => repeat.mutate(event.event_id)}
      >
        <RotateCw size={13} aria-hidden="true" />
      </IconButton>
    </li>
  );
}

/** How the system answered last: an HTTP status, nothing, or not yet. */
function Answer({ event }: { event: ShopEvent | undefined }) {
  if (event?.lost && event.status === null) return <Badge tone="danger">{strings.lost}</Badge>;
  if (!event || event.status === null) return <Badge>{strings.waiting}</Badge>;
  if (event.status === 0) return <Badge tone="danger">{strings.noAnswer}</Badge>;
  const fine = event.status >= 200 && event.status < 300;
  return <Badge tone={fine ? "success" : "danger"}>{event.status}</Badge>;
}

function possible(order: ShopOrder, action: OrderAction): boolean {
  if (order.closed_at !== null) return false;
  if (order.cancelled_at !== null) return action === "close";
  if (action === "pay") return order.payment === "pending";
  if (action === "fulfil" || action === "cancel") return order.fulfilment !== "fulfilled";
  return true;
}
