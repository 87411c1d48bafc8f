import type { SaleView } from "../../api/types";
import { money } from "../../domain/money";
import { shares, sums } from "../../domain/sales";
import css from "./Sales.module.css";
import { words } from "./words";

/** What each associate brought about, and all of them together. */
export function People({ sales }: { sales: readonly SaleView[] }) {
  const people = shares(sales);
  return (
    <section aria-labelledby="sales-people" className={css.people}>
      <h2 id="sales-people" className={css.subheading}>
        {words.people}
      </h2>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col" className={css.figure}>
              {words.orders}
            </th>
            <th scope="col" className={css.figure}>
              {words.amount}
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ id, name, orders, amounts }) => (
            <tr key={id} data-testid="sales-person">
              <th scope="row" dir="auto">
                {name}
              </th>
              <td className={css.figure}>{orders.toLocaleString()}</td>
              <Amounts of={amounts} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.all}</th>
            <td className={css.figure}>{sales.filter(({ counts }) => counts).length.toLocaleString()}</td>
            <Amounts of={sums(people)} />
          </tr>
        </tfoot>
      </table>
      {people.length > 1 && <p className={css.muted}>{words.allHint}</p>}
    </section>
  );
}

/** One line for each currency. */
function Amounts({ of }: { of: Record<string, number> }) {
  return (
    <td className={css.figure}>
      {Object.entries(of).map(([currency, amount]) => (
        <span key={currency} className={css.amount}>
          {money(amount, currency)}
        </span>
      ))}
    </td>
  );
}
