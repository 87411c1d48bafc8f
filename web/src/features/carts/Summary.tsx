import type { CartView } from "../../api/types";
import { Select } from "../../design/Select";
import { money } from "../../domain/money";
import css from "./Carts.module.css";
import { words } from "./words";

interface SummaryProps {
  cart: CartView;
  editable: boolean;
  onRate: (handle: string) => void;
}

/** What the shop says that it comes to (N23). */
export function Summary({ cart, editable, onRate }: SummaryProps) {
  const { totals, rates } = cart;
  if (!totals) return null;
  const figure = (minor: number) => money(minor, totals.currency);
  const taxes = totals.taxes_included ? words.taxesIncluded : words.taxes;
  return (
    <>
      {editable && rates.length > 0 && (
        <Select label={words.rate} value={cart.rate} onChange={onRate}>
          <option value="">{words.noRate}</option>
          {rates.map((rate) => (
            <option key={rate.handle} value={rate.handle}>
              {rate.title} · {figure(rate.price)}
            </option>
          ))}
        </Select>
      )}
      <dl className={css.summary} data-testid="cart-summary">
        <Figure name={words.subtotal} value={figure(totals.subtotal)} />
        {totals.discounts > 0 && <Figure name={words.discounts} value={figure(-totals.discounts)} />}
        <Figure name={words.shipping} value={figure(totals.shipping)} />
        <Figure name={taxes} value={figure(totals.taxes)} />
        <Figure name={words.total} value={figure(totals.total)} strong />
      </dl>
    </>
  );
}

function Figure({ name, value, strong = false }: { name: string; value: string; strong?: boolean }) {
  return (
    <div className={strong ? css.totalRow : css.figureRow}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
