import type { SaleView } from "../api/types";
import { fromZonedField, toZonedField } from "./zonedTime";

export interface Month {
  /** Such as `2026-11`. */
  id: string;
  since: number;
  until: number;
}

/** So many months back to this one, in the store's zone, the latest first. */
export function months(now: number, zone: string, count: number): Month[] {
  const [year = 0, month = 0] = toZonedField(now, zone).split("-").map(Number);
  return Array.from({ length: count }, (_, back) => {
    const id = (ahead: number) => new Date(Date.UTC(year, month - 1 - back + ahead, 1)).toISOString().slice(0, 7);
    const start = (of: string) => fromZonedField(`${of}-01T00:00`, zone) ?? now;
    return { id: id(0), since: start(id(0)), until: start(id(1)) };
  });
}

export interface Share {
  id: string;
  name: string;
  /** Orders that count, in which they have a part. */
  orders: number;
  /** What they have of those, by currency, in its minor unit. */
  amounts: Record<string, number>;
}

/** What each associate brought about, most orders first. Cancelled and refunded ones count for nobody. */
export function shares(sales: readonly SaleView[]): Share[] {
  const found = new Map<string, Share>();
  for (const { credited, currency } of sales.filter((sale) => sale.counts)) {
    for (const { associate_id: id, associate_name: name, amount } of credited) {
      const known = found.get(id) ?? { id, name, orders: 0, amounts: {} };
      const amounts = { ...known.amounts, [currency]: (known.amounts[currency] ?? 0) + amount };
      found.set(id, { ...known, orders: known.orders + 1, amounts });
    }
  }
  return [...found.values()].sort((one, other) => other.orders - one.orders || one.name.localeCompare(other.name));
}

/** What all of them come to, by currency. */
export function sums(of: readonly Share[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const { amounts } of of) {
    for (const [currency, amount] of Object.entries(amounts)) total[currency] = (total[currency] ?? 0) + amount;
  }
  return total;
}
