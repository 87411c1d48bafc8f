import type { Http } from "./http";
import type { ChangeMerchantPhone, MerchantPhone } from "./types";

type Signal = AbortSignal | undefined;

const path = (storeId: string) => `/stores/${encodeURIComponent(storeId)}/merchant-phone`;

/** The part of the API that is about the merchant's own phone (L7). */
export function merchantPhone(http: Http) {
  return {
    merchantPhone: (storeId: string, signal?: Signal) => http.send<MerchantPhone>("GET", path(storeId), { signal }),
    changeMerchantPhone: (storeId: string, body: ChangeMerchantPhone) =>
      http.send<MerchantPhone>("PUT", path(storeId), { body }),
  };
}
