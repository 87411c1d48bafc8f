import { X } from "lucide-react";

import type { CartView } from "../../api/types";
import { IconButton } from "../../design/Button";
import { Select } from "../../design/Select";
import { money } from "../../domain/money";
import css from "./Carts.module.css";
import { withLine, without, withQuantity, type Draft } from "./contents";
import { words } from "./words";

interface CartLinesProps {
  draft: Draft;
  /** As the shop has seen it last; null: it has not. */
  cart: CartView | null;
  editable: boolean;
  onChange: (next: Draft) => void;
}

/** What is in the cart, and what the shop says of each line. */
export function CartLines({ draft, cart, editable, onChange }: CartLinesProps) {
  const currency = cart?.totals?.currency ?? "USD";
  return (
    <ul className={css.lines} aria-label={words.lines}>
      {draft.lines.map((line, at) => {
        const known = cart?.lines[at]?.product_id === line.productId ? cart.lines[at] : undefined;
        const title = line.title || known?.title || "";
        return (
          <li key={`${line.productId} ${at}`} className={css.line} data-testid="cart-line">
            <span className={css.title} dir="auto">
              {title}
              {known && known.variant_title !== "" && known.variant === line.variant && ` · ${known.variant_title}`}
            </span>
            {known && known.choices.length > 0 && editable && (
              <Select
                label={words.variant(title)}
                value={line.variant}
                onChange={(variant) => onChange(withLine(draft, at, { variant }))}
              >
                <option value="">{words.chooseVariant}</option>
                {known.choices.map((choice) => (
                  <option key={choice.variant} value={choice.variant}>
                    {choice.title} · {money(choice.price, currency)}
                  </option>
                ))}
              </Select>
            )}
            {known?.problem && (known.problem !== "choose" || line.variant === "") && (
              <span className={css.error} role="alert">
                {words.problems[known.problem]}
              </span>
            )}
            <span className={css.row}>
              {editable ? (
                <input
                  className={css.pieces}
                  type="number"
                  min={1}
                  max={999}
                  inputMode="numeric"
                  aria-label={words.quantity(title)}
                  value={line.quantity}
                  onChange={(event) => onChange(withQuantity(draft, at, Number(event.target.value)))}
                />
              ) : (
                <span>{words.pieces(line.quantity)}</span>
              )}
              {cart?.totals && known && <span className={css.figure}>{money(known.total, currency)}</span>}
              {editable && (
                <IconButton size="small" label={words.remove(title)} onPress={() => onChange(without(draft, at))}>
                  <X size={16} aria-hidden="true" />
                </IconButton>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
