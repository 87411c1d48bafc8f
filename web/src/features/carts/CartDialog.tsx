import { ShoppingCart } from "lucide-react";
import { useState } from "react";

import type { CartView } from "../../api/types";
import { useCartActions, useCarts } from "../../data/carts";
import { explain } from "../../data/explain";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { EmptyState } from "../../design/EmptyState";
import { TextField } from "../../design/Field";
import { Spinner } from "../../design/Spinner";
import { money } from "../../domain/money";
import { strings } from "../../strings";
import { CartLines } from "./CartLines";
import css from "./Carts.module.css";
import { ADDRESS_FIELDS, draftOf, inputOf, isChanged, withProduct, type Draft } from "./contents";
import { ProductSearch } from "./ProductSearch";
import { Summary } from "./Summary";
import { words } from "./words";

interface CartDialogProps {
  storeId: string;
  conversationId: string;
  /** The one to look at; null: a new one. */
  cart: CartView | null;
  isOpen: boolean;
  onClose: () => void;
}

const EDITABLE = new Set<CartView["state"]>(["building", "pricing", "priced", "failed"]);

/** Builds a cart, has the shop price it, and shares it (N21-N23). */
export default function CartDialog(props: CartDialogProps) {
  return (
    <Dialog title={words.title} isOpen={props.isOpen} onClose={props.onClose} closeLabel={strings.common.close}>
      <Building {...props} />
    </Dialog>
  );
}

function Building({ storeId, conversationId, cart: opened, onClose }: CartDialogProps) {
  const carts = useCarts(conversationId);
  const actions = useCartActions(conversationId);
  const [id, setId] = useState(opened?.id ?? null);
  const cart = carts.data?.rows.find((each) => each.id === id) ?? null;
  const [draft, setDraft] = useState<Draft>(() => draftOf(opened));
  const editable = cart === null || EDITABLE.has(cart.state);
  const changed = isChanged(draft, cart);
  const save = (next: Draft) =>
    actions.save.mutate(
      { cart, contents: inputOf(next) },
      {
        onSuccess: (saved) => {
          setId(saved.id);
          setDraft(next);
        },
      },
    );
  const failed = actions.save.error ?? actions.share.error;
  return (
    <div className={css.body}>
      <div className={css.scroll}>
        {editable && (
          <ProductSearch storeId={storeId} onAdd={(product, q) => setDraft(withProduct(draft, product, q))} />
        )}
        {draft.lines.length === 0 ? (
          <EmptyState icon={<ShoppingCart size={24} />} title={words.empty}>
            {words.emptyText}
          </EmptyState>
        ) : (
          <CartLines draft={draft} cart={cart} editable={editable} onChange={setDraft} />
        )}
        {editable && draft.lines.length > 0 && <Details draft={draft} onChange={setDraft} />}
        {cart && !changed && <Summary cart={cart} editable={editable} onRate={(rate) => save({ ...draft, rate })} />}
        {cart?.failure && !changed && (
          <p role="alert" className={css.error}>
            {cart.failure.text}
          </p>
        )}
      </div>
      {failed && (
        <p role="alert" className={css.error}>
          {explain(failed)}
        </p>
      )}
      {editable && (changed || cart === null || cart.state === "failed" || cart.state === "building") && (
        <Button
          variant="primary"
          isDisabled={draft.lines.length === 0}
          isPending={actions.save.isPending}
          onPress={() => save(draft)}
        >
          {words.price}
        </Button>
      )}
      {(cart?.state === "pricing" || cart?.state === "sharing") && !changed && (
        <p className={css.row} role="status">
          <Spinner label={cart.state === "pricing" ? words.pricing : words.sharing} />
          {cart.state === "pricing" ? words.pricing : words.sharing}
        </p>
      )}
      {cart?.state === "priced" && !changed && (
        <Sharing
          cart={cart}
          isPending={actions.share.isPending}
          onShare={(said) => actions.share.mutate({ cart, words: said }, { onSuccess: onClose })}
        />
      )}
    </div>
  );
}

function Details({ draft, onChange }: { draft: Draft; onChange: (next: Draft) => void }) {
  return (
    <>
      <TextField
        label={words.discount}
        value={draft.discount}
        maxLength={100}
        onChange={(discount) => onChange({ ...draft, discount })}
      />
      <details className={css.details}>
        <summary>{words.delivery}</summary>
        <p className={css.note}>{words.deliveryHint}</p>
        <div className={css.fields}>
          {ADDRESS_FIELDS.map((name) => (
            <TextField
              key={name}
              label={words.address[name]}
              value={draft.address[name] ?? ""}
              maxLength={name === "country_code" ? 2 : 100}
              onChange={(value) => onChange({ ...draft, address: { ...draft.address, [name]: value } })}
            />
          ))}
        </div>
      </details>
    </>
  );
}

interface SharingProps {
  cart: CartView;
  isPending: boolean;
  onShare: (words: string) => void;
}

function Sharing({ cart, isPending, onShare }: SharingProps) {
  const [said, setSaid] = useState("");
  const { totals, was_total: was } = cart;
  return (
    <div className={css.share}>
      {was !== null && totals && (
        <p role="status" className={css.warning}>
          {words.changed(money(was, totals.currency))}
        </p>
      )}
      <TextField label={words.message} value={said} maxLength={1200} onChange={setSaid} />
      <Button variant="primary" isPending={isPending} onPress={() => onShare(said)}>
        {words.share}
      </Button>
    </div>
  );
}
