import { StoredValue } from "./storage";

/** For whom this browser is woken when something is due, and by which address; null: for nobody. */
export const pushed = new StoredValue<{ userId: string; endpoint: string } | null>(
  localStorage,
  "counterline.push",
  null,
);
