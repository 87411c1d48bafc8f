import type { Http } from "./http";
import type { ProductLinkMade, ProductLinkPage, SalePage } from "./types";

type Signal = AbortSignal | undefined;

/** The part of the API that is about sales and whose doing they are (H24, X21), and links to products (H22). */
export function salesReport(http: Http) {
  return {
    sales: (storeId: string, query: { since: number; until: number; cursor: string | null }, signal?: Signal) =>
      http.send<SalePage>("GET", `/stores/${encodeURIComponent(storeId)}/sales`, {
        query: { since: query.since, until: query.until, cursor: query.cursor ?? undefined },
        signal,
      }),
    linkProduct: (storeId: string, productId: string) =>
      http.send<ProductLinkMade>(
        "POST",
        `/stores/${encodeURIComponent(storeId)}/products/${encodeURIComponent(productId)}/links`,
      ),
    productLinks: (storeId: string, query: { since: number; until: number; cursor: string | null }, signal?: Signal) =>
      http.send<ProductLinkPage>("GET", `/stores/${encodeURIComponent(storeId)}/product-links`, {
        query: { since: query.since, until: query.until, cursor: query.cursor ?? undefined },
        signal,
      }),
  };
}
