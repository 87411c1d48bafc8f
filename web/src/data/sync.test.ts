import { QueryObserver, type QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, it, vi } from "vitest";

import type { ConversationPage, ConversationView } from "../api/types";
import type { Socket } from "../realtime/connection";
import { keys } from "./keys";
import { ChangingQueries } from "./queryClient";
import { Sync } from "./sync";

const MINUTE = 60_000;
const row = (id: string, last_activity_at: number) => ({ id, store_id: "s", last_activity_at }) as ConversationView;

let server: ConversationView[];
let asked: number[];
let fetches: number;
let visibility: "visible" | "hidden";
let socket: Socket;
let queries: QueryClient;
let sync: Sync;

const pageOf = (rows: ConversationView[]): ConversationPage => ({
  rows,
  next: null,
  truncated: false,
  now: Date.now(),
});
const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const texts = (id: string) => {
  server = [row(id, Date.now()), ...server.filter((one) => one.id !== id)];
};

const conversations = (_: string, { newer_than = 0 }: { newer_than?: number }) => {
  asked.push(newer_than);
  return Promise.resolve(pageOf(server.filter((one) => one.last_activity_at > newer_than)));
};

/** A list on screen, as useConversations keeps it. */
function showList(): void {
  const fetch = () => {
    fetches += 1;
    return Promise.resolve({ pages: [pageOf(server)], pageParams: [null] });
  };
  new QueryObserver(queries, { queryKey: keys.conversationList("s", "open", "", false), queryFn: fetch }).subscribe(
    () => undefined,
  );
}

beforeEach(async () => {
  vi.useFakeTimers();
  [server, asked, fetches, visibility] = [[row("c", Date.now() - 1000)], [], 0, "visible"];
  vi.stubGlobal("document", {
    get visibilityState() {
      return visibility;
    },
  });
  queries = new ChangingQueries({ defaultOptions: { queries: { staleTime: Infinity, gcTime: Infinity } } });
  sync = new Sync({ ticket: () => Promise.resolve({ url: "", expires_at: 0 }), conversations }, queries, () => {
    socket = {
      send: () => queueMicrotask(() => socket.onmessage?.({ data: '{"pong":true}' })),
      close: () => undefined,
      onopen: null,
      onmessage: null,
      onclose: null,
    };
    return socket;
  });
  showList();
  sync.start();
  await wait(10);
  socket.onopen?.();
  await wait(10);
  [asked, fetches] = [[], 0];
  return () => {
    sync.stop();
    queries.clear();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

it("finds what no push told of within a minute, by one request", async () => {
  await wait(10_000);
  texts("c");
  await wait(MINUTE - 10_000);
  expect(asked).toHaveLength(1);
  expect(fetches).toBe(1);
});

it("fetches nothing again while nothing is new, and asks only for what came since the last look", async () => {
  await wait(3 * MINUTE);
  expect(asked).toHaveLength(3);
  expect((asked[2] ?? 0) - (asked[1] ?? 0)).toBe(MINUTE);
  expect(fetches).toBe(0);
});

it("does not fetch again what a push has told of", async () => {
  texts("c");
  socket.onmessage?.({
    data: JSON.stringify({ activities: [{ type: "conversation", store_id: "s", id: "c", at: 0 }] }),
  });
  await wait(1000);
  expect(fetches).toBe(1);
  await wait(MINUTE);
  expect(asked).toHaveLength(1);
  expect(fetches).toBe(1);
});

it("fetches a thread that is behind although its list is not", async () => {
  texts("c");
  socket.onmessage?.({
    data: JSON.stringify({ activities: [{ type: "conversation", store_id: "s", id: "x", at: 0 }] }),
  });
  await wait(1000);
  queries.setQueryData(keys.thread("c"), { pages: [{ conversation: row("c", 1) }], pageParams: [null] });
  await wait(MINUTE);
  expect(queries.getQueryState(keys.thread("c"))?.isInvalidated).toBe(true);
});

it("leaves the server alone while nobody looks, and asks when somebody does again", async () => {
  visibility = "hidden";
  texts("c");
  await wait(5 * MINUTE);
  expect(asked).toHaveLength(0);
  visibility = "visible";
  sync.check();
  await wait(10);
  expect(asked).toHaveLength(1);
  expect(fetches).toBe(1);
});

it("polls instead while there is no socket, and looks no more once stopped", async () => {
  visibility = "hidden";
  socket.onclose?.();
  visibility = "visible";
  await wait(5000);
  expect(asked.length).toBeGreaterThan(0);
  sync.stop();
  const before = asked.length;
  await wait(5 * MINUTE);
  expect(asked).toHaveLength(before);
});

/** What somebody looks at; counts how often it is loaded. */
function show(queryKey: readonly unknown[], load: () => Promise<unknown> = () => Promise.resolve({})): () => number {
  let loads = 0;
  const queryFn = () => ((loads += 1), load());
  new QueryObserver(queries, { queryKey, queryFn }).subscribe(() => undefined);
  return () => loads;
}

/** The app starts anew; its socket opens when the test says so. */
function starts(): Promise<unknown> {
  sync.stop();
  sync = new Sync({ ticket: () => Promise.resolve({ url: "", expires_at: 0 }), conversations }, queries, () => socket);
  socket.onopen = null;
  sync.start();
  return wait(10);
}

it("fetches once more what was loaded before its first socket opened, and nothing that does not change", async () => {
  const orders = show(keys.orderList("s", false, ""));
  const me = show(keys.me);
  await starts();
  expect([orders(), fetches]).toEqual([1, 0]);
  texts("new");
  socket.onopen?.();
  await wait(10);
  expect([orders(), me(), fetches, asked.length]).toEqual([2, 1, 1, 0]);
  await wait(MINUTE - 100);
  expect([orders(), me(), fetches, asked.length]).toEqual([2, 1, 1, 0]);
});

it.each(["its first socket opens", "a push tells of it, twice"])(
  "loads once more what was being loaded for the first time when %s: it may have been read before",
  async (when) => {
    await starts();
    if (when !== "its first socket opens") socket.onopen?.();
    const list = show(
      keys.conversationList("s", "open", "", true),
      () => new Promise((done) => setTimeout(done, 500, {})),
    );
    await wait(10);
    if (when === "its first socket opens") socket.onopen?.();
    else
      for (const id of ["a", "b"])
        socket.onmessage?.({
          data: JSON.stringify({ activities: [{ type: "conversation", store_id: "s", id, at: 0 }] }),
        });
    await wait(480);
    expect(list()).toBe(1);
    await wait(5000);
    expect(list()).toBe(2);
  },
);
