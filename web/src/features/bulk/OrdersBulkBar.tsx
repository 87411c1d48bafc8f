import type { StoreView } from "../../api/types";
import { useEveryOrder } from "../../data/bulk";
import type { useOrders } from "../../data/queries";
import { BulkBar } from "./BulkBar";

interface OrdersBulkBarProps {
  store: StoreView;
  orders: ReturnType<typeof useOrders>;
  chosen: ReadonlySet<string>;
  choose: (chosen: ReadonlySet<string>) => void;
}

/** All are those on every page of the list. */
export default function OrdersBulkBar({ orders, ...bar }: OrdersBulkBarProps) {
  return <BulkBar to="orders" every={useEveryOrder(orders)} {...bar} />;
}
