import { Receipt } from "lucide-react";
import { useState } from "react";

import { Button } from "../design/Button";
import { EmptyState } from "../design/EmptyState";
import { simulator, type SimulatorState } from "./api";
import { useAct } from "./live";
import { OrderCard } from "./OrderCard";
import { PlaceOrder } from "./PlaceOrder";
import css from "./Shop.module.css";
import { strings } from "./strings";

const PAGE = 20;

/** The shop: a form that places orders, and the orders with what may happen to them. */
export function Shop({ state }: { state: SimulatorState }) {
  const [shown, setShown] = useState(PAGE);
  const { orders, stores } = state;
  const lose = useAct(simulator.loseNextWebhook);
  return (
    <section aria-label={strings.shop} className={css.shop}>
      <div className={css.head}>
        <h2 className={css.title}>{strings.shop}</h2>
        <span className={css.domain}>{state.shop.domain}</span>
      </div>
      <PlaceOrder state={state} />
      <label className={css.lose}>
        <input
          type="checkbox"
          checked={state.shop.lose_next_webhook}
          disabled={lose.isPending}
          onChange={(event) => lose.mutate(event.target.checked)}
        />
        {strings.loseNext}
      </label>
      <h3 className={css.listTitle}>{strings.orders}</h3>
      {orders.length === 0 && (
        <div>
          <EmptyState icon={<Receipt size={24} />} title={strings.noOrders}>
            {strings.noOrdersText}
          </EmptyState>
        </div>
      )}
      <ul className={css.list}>
        {orders.slice(0, shown).map((order) => (
          <li key={order.id}>
            <OrderCard order={order} store={stores.find((store) => store.id === order.store_id)?.name ?? ""} />
          </li>
        ))}
      </ul>
      {orders.length > shown && (
        <Button variant="quiet" wide onPress={() => setShown(shown + PAGE)}>
          {strings.more(Math.min(PAGE, orders.length - shown))}
        </Button>
      )}
    </section>
  );
}
