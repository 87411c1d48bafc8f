import { ApiError } from "../api/errors";
import type { ExportPage } from "../api/types";

/** A page of somebody's file; null: the first one. */
export type AskForPage = (cursor: string | null, signal: AbortSignal) => Promise<ExportPage>;

type Records = ExportPage["records"];

/** The pages so far, one behind the other. */
export interface Gathered {
  records: Records | null;
  format: number;
  next: string | null;
  /** Conversations and orders: what was seen of them, and how many there were when it began. */
  seen: number;
  total: number;
}

export const nothing: Gathered = { records: null, format: 0, next: null, seen: 0, total: 0 };

/** Whether the last page is there. */
export function isWhole(file: Gathered): boolean {
  return file.records !== null && file.next === null;
}

/** Asks on until the file is whole; tells of each page, so that one that failed is all that is asked for again. */
export async function gather(
  ask: AskForPage,
  from: Gathered,
  signal: AbortSignal,
  tell: (file: Gathered) => void,
): Promise<Gathered> {
  let file = from;
  while (!isWhole(file)) {
    file = added(file, await ask(file.next, signal));
    signal.throwIfAborted();
    tell(file);
  }
  return file;
}

function added(file: Gathered, page: ExportPage): Gathered {
  const records = file.records ? joined(file.records, page.records) : page.records;
  const leftOut = records.left_out.filter((one) => one.kind !== "consent");
  const seen = records.conversations.length + records.orders.length + leftOut.length;
  const total = Math.max(file.total, page.conversations + page.orders, seen);
  return { records, format: page.format, next: page.next, seen, total };
}

function joined(before: Records, more: Records): Records {
  const names = Object.keys(more) as (keyof Records)[];
  return Object.fromEntries(names.map((name) => [name, [...before[name], ...more[name]]])) as unknown as Records;
}

/** Where to go on after a failure: what the server no longer goes on with begins anew. */
export function restart(file: Gathered, error: unknown): Gathered {
  return error instanceof ApiError && error.status === 400 ? nothing : file;
}

/** What is saved (docs/privacy.md). */
export function asText(file: Gathered, now: Date): string {
  return JSON.stringify(
    { format: "counterline.customer", version: file.format, asked_at: now.getTime(), ...file.records },
    null,
    1,
  );
}
