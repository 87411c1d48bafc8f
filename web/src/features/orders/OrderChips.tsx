import type { OrderView } from "../../api/types";
import { Badge } from "../../design/Badge";
import { strings } from "../../strings";

const words = strings.orders;
const PAYMENT_TONE = { pending: "warning", paid: "success", refunded: "neutral" } as const;
const FULFILMENT_TONE = { unfulfilled: "neutral", partial: "accent", fulfilled: "success" } as const;

/** The states of an order in words. */
export function OrderChips({ order }: { order: OrderView }) {
  return (
    <>
      {order.cancelled_at !== null && <Badge tone="danger">{words.cancelled}</Badge>}
      {order.closed_at !== null && <Badge>{words.closed}</Badge>}
      <Badge tone={PAYMENT_TONE[order.payment]}>{words.payment[order.payment]}</Badge>
      <Badge tone={FULFILMENT_TONE[order.fulfilment]}>{words.fulfilment[order.fulfilment]}</Badge>
    </>
  );
}
