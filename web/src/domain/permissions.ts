import type { StoreView } from "../api/types";

/** Whether this associate may set the store up. */
export function mayManage(store: StoreView): boolean {
  return store.permissions.includes("manage");
}
