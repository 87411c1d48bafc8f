import { describe, expect, it, vi } from "vitest";

import type { LedgerQuery } from "../../api/api";
import type { LedgerLine, LedgerPage } from "../../api/types";
import { bounds, everyLine } from "./ledgerQueries";

const line = (id: string) => ({ id }) as LedgerLine;

function pages(...all: LedgerPage[]) {
  const asked: LedgerQuery[] = [];
  const next = (_: string, query: LedgerQuery) => {
    asked.push(query);
    return Promise.resolve(all[asked.length - 1] as LedgerPage);
  };
  return { asked, next };
}

describe("everyLine", () => {
  it("follows the cursors to the end and says how far it is", async () => {
    const { asked, next } = pages({ rows: [line("3"), line("2")], next: "c" }, { rows: [line("1")], next: null });
    const onProgress = vi.fn();
    const api = { ledger: next, unmaskLedger: () => Promise.reject(new Error("not asked for")) };
    const options = { real: false, signal: new AbortController().signal, onProgress };
    const lines = await everyLine(api, "boston", { from: "", to: "" }, options);
    expect(lines.map((one) => one.id)).toEqual(["3", "2", "1"]);
    expect(asked.map((one) => one.cursor)).toEqual([null, "c"]);
    expect(onProgress.mock.calls).toEqual([[2], [3]]);
  });

  it("asks for real addresses only where it is told to", async () => {
    const { asked, next } = pages({ rows: [], next: null });
    const api = { ledger: () => Promise.reject(new Error("masked")), unmaskLedger: next };
    const options = { real: true, signal: new AbortController().signal, onProgress: () => undefined };
    await everyLine(api, "boston", { from: "", to: "" }, options);
    expect(asked).toHaveLength(1);
  });
});

describe("bounds", () => {
  it("has both days whole, and none for an empty or half-typed one", () => {
    const { since, until } = bounds({ from: "2026-11-22", to: "2026-11-22" });
    expect((until ?? 0) - (since ?? 0)).toBe(86_400_000);
    expect(new Date(since ?? 0).getHours()).toBe(0);
    expect(bounds({ from: "", to: "20" })).toEqual({});
  });
});
