import { describe, expect, it, vi } from "vitest";

import { ApiError } from "../api/errors";
import type { ExportPage } from "../api/types";
import { asText, gather, isWhole, nothing, restart } from "./exporting";

const EMPTY = {
  customers: [],
  conversations: [],
  messages: [],
  held: [],
  carts: [],
  orders: [],
  notes: [],
  consents: [],
  consent_lines: [],
  reminders: [],
  invites: [],
  left_out: [],
};

function page(next: string | null, records: object, counts: object = {}): ExportPage {
  return { format: 1, next, conversations: 0, orders: 0, records: { ...EMPTY, ...records }, ...counts };
}

const PAGES = new Map([
  ["", page("b", { customers: [{ id: "p" }], conversations: [{ id: "1" }] }, { conversations: 2, orders: 1 })],
  ["b", page("c", { messages: [{ id: "m1" }], conversations: [{ id: "2" }] })],
  ["c", page(null, { messages: [{ id: "m2" }], orders: [{ id: "o" }] })],
]);
const ask = (cursor: string | null) => Promise.resolve(PAGES.get(cursor ?? "") ?? page(null, {}));
const signal = () => new AbortController().signal;

describe("a customer's file", () => {
  it("is its pages, one behind the other", async () => {
    const told: number[][] = [];
    const file = await gather(ask, nothing, signal(), ({ seen, total }) => told.push([seen, total]));
    expect(isWhole(file)).toBe(true);
    expect(file.records?.messages.map((one) => one.id)).toEqual(["m1", "m2"]);
    expect(told).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  it("counts what is left out as seen, where it was counted as there", async () => {
    const left = ["conversation", "order", "consent"].map((kind) => ({ kind, store_id: "s" }));
    const only = page(null, { left_out: left }, { conversations: 1, orders: 1 });
    const file = await gather(
      () => Promise.resolve(only),
      nothing,
      signal(),
      () => undefined,
    );
    expect([file.seen, file.total]).toEqual([2, 2]);
  });

  it("goes on where a page failed, and has no page twice", async () => {
    let last = nothing;
    const broken = (cursor: string | null) => (cursor === "c" ? Promise.reject(new Error("gone")) : ask(cursor));
    await expect(gather(broken, nothing, signal(), (file) => (last = file))).rejects.toThrow("gone");
    const file = await gather(ask, restart(last, new Error("gone")), signal(), () => undefined);
    expect(file.records?.conversations.map((one) => one.id)).toEqual(["1", "2"]);
  });

  it("begins anew where the server does not go on", async () => {
    const file = await gather(ask, nothing, signal(), () => undefined);
    expect(restart(file, new ApiError(400, "invalid_input", "too long"))).toBe(nothing);
  });

  it("stops when somebody says so", async () => {
    const stop = new AbortController();
    const told = vi.fn(() => stop.abort());
    await expect(gather(ask, nothing, stop.signal, told)).rejects.toThrow();
    expect(told).toHaveBeenCalledTimes(1);
  });

  it("says what it is", async () => {
    const file = await gather(ask, nothing, signal(), () => undefined);
    const read = JSON.parse(asText(file, new Date(5))) as Record<string, unknown>;
    expect([read.format, read.version, read.asked_at]).toEqual(["counterline.customer", 1, 5]);
    expect(Object.keys(read)).toEqual(["format", "version", "asked_at", ...Object.keys(EMPTY)]);
  });
});
