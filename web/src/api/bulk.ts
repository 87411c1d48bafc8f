import type { Http } from "./http";
import type { BulkList, BulkPart, BulkView } from "./types";

type Signal = AbortSignal | undefined;
const bulk = (storeId: string) => `/stores/${encodeURIComponent(storeId)}/bulk`;
const one = (storeId: string, id: string) => `${bulk(storeId)}/${encodeURIComponent(id)}`;

/** The part of the API that is about bulk texts (L13). */
export function bulkTexts(http: Http) {
  return {
    bulks: (storeId: string, signal?: Signal) => http.send<BulkList>("GET", bulk(storeId), { signal }),
    bulk: (storeId: string, id: string, signal?: Signal) => http.send<BulkView>("GET", one(storeId, id), { signal }),
    /** `at`: number of the part; the first is 1. */
    bulkResults: (storeId: string, id: string, at: number, signal?: Signal) =>
      http.send<BulkPart>("GET", `${one(storeId, id)}/results`, { query: { part: at }, signal }),
    startBulk: (storeId: string, body: { text: string; to: BulkView["to"]; ids: string[] }, key: string) =>
      http.send<BulkView>("POST", bulk(storeId), { body, key }),
    steerBulk: (storeId: string, id: string, to: "pause" | "resume" | "cancel") =>
      http.send<BulkView>("POST", `${one(storeId, id)}/${to}`),
  };
}
