import { expect, it } from "vitest";

import type { SaleView } from "../api/types";
import { months, shares, sums } from "./sales";

function sale(credited: [string, number][], change: Partial<SaleView> = {}): SaleView {
  return {
    order_id: "o1",
    order_number: "#1",
    placed_at: 1,
    total: 100,
    currency: "USD",
    counts: true,
    by_link: false,
    credited: credited.map(([id, amount]) => ({ associate_id: id, associate_name: id.toUpperCase(), amount })),
    ...change,
  };
}

it("sums what each brought about, most orders first, never across currencies", () => {
  const found = shares([
    sale([["ben", 100]]),
    sale([
      ["ada", 51],
      ["ben", 50],
    ]),
    sale([["ben", 7]], { currency: "EUR" }),
  ]);
  expect(found).toEqual([
    { id: "ben", name: "BEN", orders: 3, amounts: { USD: 150, EUR: 7 } },
    { id: "ada", name: "ADA", orders: 1, amounts: { USD: 51 } },
  ]);
  expect(sums(found)).toEqual({ USD: 201, EUR: 7 });
});

it("counts what was cancelled or refunded for nobody", () => {
  expect(shares([sale([["ben", 100]], { counts: false })])).toEqual([]);
});

it("knows where months begin and end in the store's zone", () => {
  const [now, before] = months(Date.parse("2026-01-01T02:00Z"), "America/Los_Angeles", 2);
  expect(now).toEqual({
    id: "2025-12",
    since: Date.parse("2025-12-01T08:00Z"),
    until: Date.parse("2026-01-01T08:00Z"),
  });
  expect(before).toEqual({ id: "2025-11", since: Date.parse("2025-11-01T07:00Z"), until: now?.since });
});
