import { expect, test } from "vitest";

import type { CartView, ProductView } from "../../api/types";
import { draftOf, EMPTY, inputOf, isChanged, without, withProduct, withQuantity } from "./contents";

const SCARF = { id: "p-1", title: "Scarf" } as ProductView;
const CART = {
  lines: [{ product_id: "p-1", title: "Scarf", quantity: 2, variant: "v-1" }],
  discount_code: "TEN",
  destination: null,
  rate: "",
} as unknown as CartView;

test("the same product again is one piece more, and a bar code is kept for its variant", () => {
  const twice = withProduct(withProduct(EMPTY, SCARF, "scarf"), SCARF, "sca");
  expect(twice.lines).toEqual([{ productId: "p-1", title: "Scarf", quantity: 2, variant: "", code: "" }]);
  expect(withProduct(twice, SCARF, "4006381333931").lines[1]?.code).toBe("4006381333931");
});

test.each([
  [0, 1],
  [-3, 1],
  [Number.NaN, 1],
  [2.7, 2],
  [5000, 999],
])("%d pieces are %d", (asked, pieces) => {
  expect(withQuantity(withProduct(EMPTY, SCARF, ""), 0, asked).lines[0]?.quantity).toBe(pieces);
});

test("half an address is none", () => {
  const address = { address1: "1 Pike St", city: "Seattle", country_code: "us" };
  expect(inputOf({ ...EMPTY, address }).destination?.country_code).toBe("US");
  expect(inputOf({ ...EMPTY, address: { ...address, city: " " } }).destination).toBeNull();
  expect(inputOf({ ...EMPTY, address: { ...address, country_code: "USA" } }).destination).toBeNull();
});

test("a variant that nobody chose is the one that the shop found", () => {
  const draft = draftOf(CART);
  const open = { ...draft, lines: draft.lines.map((line) => ({ ...line, variant: "" })) };
  const other = { ...draft, lines: draft.lines.map((line) => ({ ...line, variant: "v-2" })) };
  expect([isChanged(open, CART), isChanged(other, CART)]).toEqual([false, true]);
});

test("what the shop has priced is unchanged until somebody changes it", () => {
  const draft = draftOf(CART);
  expect(isChanged(draft, CART)).toBe(false);
  expect(isChanged(without(draft, 0), CART)).toBe(true);
  expect(isChanged({ ...draft, discount: "" }, CART)).toBe(true);
  expect(isChanged(EMPTY, null)).toBe(false);
});
