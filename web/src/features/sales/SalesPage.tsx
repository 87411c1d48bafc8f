import { ArrowLeft, Download, TrendingUp } from "lucide-react";
import { useState } from "react";
import { Link } from "wouter";

import type { SaleView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { paths } from "../../app/paths";
import { useSales } from "../../data/sales";
import { Button } from "../../design/Button";
import { EmptyState } from "../../design/EmptyState";
import { Select } from "../../design/Select";
import { SkeletonRows } from "../../design/Skeleton";
import { csv } from "../../domain/csv";
import { figure } from "../../domain/money";
import { months, type Month } from "../../domain/sales";
import { dateAndTime } from "../../domain/times";
import { download } from "../settings/download";
import { Links } from "./Links";
import { Orders } from "./Orders";
import { People } from "./People";
import css from "./Sales.module.css";
import { words } from "./words";

/** A report reaches back so far. */
const MONTHS = 13;

/** Which sales are whose doing, by the month (H24, X21). */
export default function SalesPage({ store }: { store: StoreView }) {
  const [all] = useState(() => months(Date.now(), store.timezone, MONTHS));
  const [chosen, choose] = useState(all[0]?.id ?? "");
  const month = all.find(({ id }) => id === chosen);
  return (
    <div className={css.page}>
      <Link href={paths.orders(store.id)} className={css.back}>
        <ArrowLeft size={16} aria-hidden="true" />
        {words.back}
      </Link>
      <h1 className={css.heading}>{words.heading}</h1>
      <p className={css.muted}>{words.rule}</p>
      <div className={css.month}>
        <Select label={words.month} value={chosen} onChange={choose}>
          {all.map(({ id }, index) => (
            <option key={id} value={id}>
              {index === 0 ? `${nameOf(id)} ${words.soFar}` : nameOf(id)}
            </option>
          ))}
        </Select>
      </div>
      {month && <Report key={month.id} store={store} month={month} />}
      {month && <Links key={`links ${month.id}`} store={store} month={month} />}
    </div>
  );
}

function Report({ store, month }: { store: StoreView; month: Month }) {
  const { sales, read } = useSales(store.id, month);
  if (sales.isPending) {
    return (
      <>
        <SkeletonRows label={words.loading} avatar={false} />
        {read > 0 && <p role="status">{words.reading(read)}</p>}
      </>
    );
  }
  if (!sales.data) return <LoadFailure error={sales.error} retry={() => void sales.refetch()} />;
  if (sales.data.length === 0) {
    return (
      <EmptyState icon={<TrendingUp size={24} />} title={words.none}>
        {words.noneText}
      </EmptyState>
    );
  }
  const save = () => {
    const rows = sales.data.flatMap((sale) => asCells(sale, store));
    download(`sales-${month.id}.csv`, csv([words.columns, ...rows]), "text/csv");
  };
  return (
    <>
      <People sales={sales.data} />
      <div className={css.header}>
        <h2 className={css.subheading}>{words.list}</h2>
        <Button size="small" onPress={save}>
          <Download size={16} aria-hidden="true" />
          {words.file}
        </Button>
      </div>
      <Orders store={store} sales={sales.data} />
    </>
  );
}

function nameOf(month: string): string {
  return new Date(`${month}-15T12:00Z`).toLocaleDateString(undefined, { month: "long", year: "numeric" });
}

/** A line for each part, amounts as plain figures. */
function asCells(sale: SaleView, store: StoreView): string[][] {
  return sale.credited.map(({ associate_name, amount }) => [
    sale.order_number ?? words.unknownOrder,
    dateAndTime(sale.placed_at, { timeZone: store.timezone }),
    figure(sale.total, sale.currency),
    sale.currency,
    sale.counts ? words.yes : words.no,
    sale.by_link ? words.yes : words.no,
    associate_name,
    figure(amount, sale.currency),
  ]);
}
