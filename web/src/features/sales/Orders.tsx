import { useState } from "react";
import { Link } from "wouter";

import type { SaleView, StoreView } from "../../api/types";
import { paths } from "../../app/paths";
import { Badge } from "../../design/Badge";
import { Button } from "../../design/Button";
import { money } from "../../domain/money";
import { dateAndTime } from "../../domain/times";
import css from "./Sales.module.css";
import { words } from "./words";

const STEP = 50;

/** The orders behind the figures, and whose doing each is. */
export function Orders({ store, sales }: { store: StoreView; sales: readonly SaleView[] }) {
  const [shown, setShown] = useState(STEP);
  return (
    <>
      <ul aria-label={words.list} className={css.list}>
        {sales.slice(0, shown).map((sale) => (
          <Row key={sale.order_id} store={store} sale={sale} />
        ))}
      </ul>
      {sales.length > shown && (
        <Button size="small" className={css.more ?? ""} onPress={() => setShown(shown + STEP)}>
          {words.more}
        </Button>
      )}
    </>
  );
}

function Row({ store, sale }: { store: StoreView; sale: SaleView }) {
  const { currency, credited, counts } = sale;
  return (
    <li className={css.row} data-testid="sale">
      <span className={css.line}>
        {sale.order_number === null ? (
          words.unknownOrder
        ) : (
          <Link href={paths.order(store.id, sale.order_id)} className={css.link}>
            {sale.order_number}
          </Link>
        )}
        <span className={css.muted}>{dateAndTime(sale.placed_at, { timeZone: store.timezone })}</span>
        {sale.by_link && <Badge tone="success">{words.byLink}</Badge>}
        {!counts && <Badge>{words.countsNot}</Badge>}
        <span className={css.total}>{money(sale.total, currency)}</span>
      </span>
      <span className={css.muted} dir="auto">
        {credited
          .map(({ associate_name: name, amount }) =>
            credited.length === 1 || !counts ? name : `${name} ${money(amount, currency)}`,
          )
          .join(" · ")}
      </span>
    </li>
  );
}
