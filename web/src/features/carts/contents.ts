import type { CartInput, CartView, ProductView } from "../../api/types";

export type Address = NonNullable<CartInput["destination"]>;
export type AddressField = keyof Address;

export const ADDRESS_FIELDS: readonly AddressField[] = [
  "first_name",
  "last_name",
  "address1",
  "address2",
  "city",
  "province_code",
  "zip",
  "country_code",
];

/** What somebody puts together, before the shop has seen it. */
export interface Draft {
  lines: DraftLine[];
  discount: string;
  address: Partial<Record<AddressField, string>>;
  rate: string;
}

export interface DraftLine {
  productId: string;
  title: string;
  quantity: number;
  variant: string;
  code: string;
}

export const EMPTY: Draft = { lines: [], discount: "", address: {}, rate: "" };
const MOST_PIECES = 999;
const CODE = /^[0-9]{8,14}$/;

export function draftOf(cart: CartView | null): Draft {
  if (cart === null) return EMPTY;
  return {
    lines: cart.lines.map((line) => ({
      productId: line.product_id,
      title: line.title,
      quantity: line.quantity,
      variant: line.variant,
      code: "",
    })),
    discount: cart.discount_code,
    address: cart.destination ?? {},
    rate: cart.rate,
  };
}

/** One more of it. `typed`: what was looked for; a bar code tells the variant. */
export function withProduct(draft: Draft, product: ProductView, typed: string): Draft {
  const code = CODE.test(typed) ? typed : "";
  const at = draft.lines.findIndex((line) => line.productId === product.id && line.code === code && !line.variant);
  if (at >= 0) return withQuantity(draft, at, (draft.lines[at]?.quantity ?? 0) + 1);
  const line = { productId: product.id, title: product.title, quantity: 1, variant: "", code };
  return { ...draft, lines: [...draft.lines, line] };
}

export function withQuantity(draft: Draft, at: number, quantity: number): Draft {
  const pieces = Math.min(Math.max(Math.trunc(quantity) || 1, 1), MOST_PIECES);
  return withLine(draft, at, { quantity: pieces });
}

export function withLine(draft: Draft, at: number, change: Partial<DraftLine>): Draft {
  return { ...draft, lines: draft.lines.map((line, place) => (place === at ? { ...line, ...change } : line)) };
}

export function without(draft: Draft, at: number): Draft {
  return { ...draft, lines: draft.lines.filter((_, place) => place !== at) };
}

/** As the API takes it; an address without a street, a town and a country is none. */
export function inputOf({ lines, discount, address, rate }: Draft): CartInput {
  const field = (name: AddressField) => (address[name] ?? "").trim();
  const country = field("country_code").toUpperCase();
  const whole = field("address1") !== "" && field("city") !== "" && /^[A-Z]{2}$/.test(country);
  return {
    lines: lines.map(({ productId, quantity, variant, code }) => ({ product_id: productId, quantity, variant, code })),
    discount_code: discount.trim(),
    destination: whole
      ? {
          first_name: field("first_name"),
          last_name: field("last_name"),
          address1: field("address1"),
          address2: field("address2"),
          city: field("city"),
          province_code: field("province_code"),
          zip: field("zip"),
          country_code: country,
        }
      : null,
    rate,
  };
}

/** Whether the shop has priced something else than this. A variant that nobody chose is the one that the shop found. */
export function isChanged(draft: Draft, cart: CartView | null): boolean {
  const known = draftOf(cart);
  const { lines, ...rest } = inputOf(draft);
  const { lines: knownLines, ...knownRest } = inputOf(known);
  if (lines.length !== knownLines.length || JSON.stringify(rest) !== JSON.stringify(knownRest)) return true;
  return lines.some(({ product_id: product, quantity, variant }, at) => {
    const line = knownLines[at];
    return line?.product_id !== product || line.quantity !== quantity || (variant !== "" && line.variant !== variant);
  });
}
