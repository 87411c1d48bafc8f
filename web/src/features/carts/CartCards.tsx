import { Suspense, useState, lazy } from "react";

import type { CartView, StoreView } from "../../api/types";
import { useCartActions, useCarts } from "../../data/carts";
import { explain } from "../../data/explain";
import { Badge } from "../../design/Badge";
import { Button } from "../../design/Button";
import { ConfirmDialog } from "../../design/Dialog";
import { showToast } from "../../design/toasts";
import { money } from "../../domain/money";
import { dateAndTime } from "../../domain/times";
import css from "./Carts.module.css";
import { words } from "./words";

const CartDialog = lazy(() => import("./CartDialog"));
const MOST_SHOWN = 3;
const DAY = 86_400_000;
const OVER = new Set<CartView["state"]>(["ordered", "expired"]);
const CANCELLABLE = new Set<CartView["state"]>(["building", "pricing", "priced", "sharing", "shared", "failed"]);
const TONES: Partial<Record<CartView["state"], "success" | "warning" | "danger">> = {
  paid: "success",
  ordered: "success",
  building: "warning",
  failed: "danger",
};

/** Above the box to write in: the carts of this conversation that still matter, and what people must put right. */
export default function CartCards({ store, conversationId }: { store: StoreView; conversationId: string }) {
  const carts = useCarts(conversationId);
  const [opened, setOpened] = useState<string | null>(null);
  const [now] = useState(() => Date.now());
  const shown = (carts.data?.rows ?? []).filter((cart) => matters(cart, now)).slice(0, MOST_SHOWN);
  const cart = carts.data?.rows.find(({ id }) => id === opened) ?? null;
  if (shown.length === 0) return null;
  return (
    <section className={css.cards} aria-label={words.carts}>
      {shown.map((each) => (
        <Card key={each.id} store={store} cart={each} onOpen={() => setOpened(each.id)} />
      ))}
      {cart && (
        <Suspense fallback={null}>
          <CartDialog
            storeId={store.id}
            conversationId={conversationId}
            cart={cart}
            isOpen
            onClose={() => setOpened(null)}
          />
        </Suspense>
      )}
    </section>
  );
}

function matters(cart: CartView, now: number): boolean {
  if (cart.troubles.length > 0) return true;
  return cart.state !== "cancelled" && (!OVER.has(cart.state) || now - cart.changed_at < DAY);
}

function Card({ store, cart, onOpen }: { store: StoreView; cart: CartView; onOpen: () => void }) {
  const actions = useCartActions(cart.conversation_id);
  const [asking, setAsking] = useState(false);
  const { state, totals } = cart;
  const pieces = cart.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const cancel = () =>
    actions.cancel.mutate(cart, { onError: (error) => showToast(explain(error), { tone: "danger" }) });
  return (
    <article className={css.card} data-testid="cart" data-state={state}>
      <div className={css.row}>
        <Badge tone={TONES[state] ?? "neutral"}>{words.states[state]}</Badge>
        <span className={css.grow}>
          {words.pieces(pieces)}
          {totals && ` · ${money(totals.total, totals.currency)}`}
          {cart.order_number && ` · ${words.order(cart.order_number)}`}
        </span>
        <Button size="small" variant="quiet" onPress={onOpen}>
          {words.open}
        </Button>
        {CANCELLABLE.has(state) && (
          <Button size="small" variant="quiet" onPress={() => setAsking(true)} isPending={actions.cancel.isPending}>
            {words.cancel}
          </Button>
        )}
      </div>
      {state === "shared" && cart.expires_at !== null && (
        <p className={css.note}>{words.until(dateAndTime(cart.expires_at, { timeZone: store.timezone }))}</p>
      )}
      {cart.failure && <p className={css.error}>{cart.failure.text}</p>}
      {cart.troubles.map(({ kind, amount, currency, reference }) => (
        <p key={`${kind} ${reference}`} role="alert" className={css.error}>
          {words.trouble(kind, money(amount, currency), reference)}
        </p>
      ))}
      <ConfirmDialog
        title={words.cancelTitle}
        isOpen={asking}
        onCancel={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          cancel();
        }}
        confirmLabel={words.cancel}
        cancelLabel={words.keep}
      >
        <p>{words.cancelText}</p>
      </ConfirmDialog>
    </article>
  );
}
