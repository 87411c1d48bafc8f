import { beforeEach, describe, expect, it, vi } from "vitest";

import type { MessageView } from "../api/types";
import { MemoryStorage } from "../testing/memoryStorage";
import { Outbox, type OutboxEntry } from "./outbox";
import { StoredValue } from "./storage";

const message = { id: "m1" } as MessageView;
const HOUR = 3_600_000;

class Server {
  posts: OutboxEntry[] = [];
  accepted: string[] = [];
  answers: (MessageView | Error)[] = [];
  hold: Promise<void> | null = null;

  post = async (entry: OutboxEntry) => {
    this.posts.push(entry);
    await this.hold;
    const answer = this.answers.shift() ?? message;
    if (answer instanceof Error) throw answer;
    return answer;
  };
}

let storage: MemoryStorage;
let server: Server;

function open(): Outbox {
  return new Outbox(new StoredValue(storage, "outbox", []), {
    post: server.post,
    refusalOf: (error) => (error instanceof Error && error.message !== "network" ? error.message : null),
    accepted: (entry) => server.accepted.push(entry.key),
    now: Date.now,
    random: () => 0.5,
    setTimer: (run, ms) => setTimeout(run, ms),
    clearTimer: (timer) => clearTimeout(timer),
  });
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  storage = new MemoryStorage();
  server = new Server();
  return () => vi.useRealTimers();
});

describe("the outbox", () => {
  it("forgets a text once the server has accepted it", async () => {
    const outbox = open();
    outbox.add("c1", "hello", "k1");
    expect(outbox.get()).toMatchObject([{ body: "hello", state: "posting" }]);
    await vi.runAllTimersAsync();
    expect(outbox.get()).toEqual([]);
    expect(server.accepted).toEqual(["k1"]);
  });

  it("retries a lost answer with the same key, waiting longer each time", async () => {
    server.answers = [new Error("network"), new Error("network"), message];
    const outbox = open();
    outbox.add("c1", "hello", "k1");
    await vi.advanceTimersByTimeAsync(0);
    expect(outbox.get()).toMatchObject([{ state: "waiting", attempts: 1 }]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.posts).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(server.posts).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(server.posts.map((post) => post.key)).toEqual(["k1", "k1", "k1"]);
    expect(outbox.get()).toEqual([]);
  });

  it("sends at once when woken", async () => {
    server.answers = [new Error("network")];
    const outbox = open();
    outbox.add("c1", "hello", "k1");
    await vi.advanceTimersByTimeAsync(0);
    outbox.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.accepted).toEqual(["k1"]);
  });

  it("keeps what a reload interrupted and sends it with its key", async () => {
    server.hold = new Promise(() => undefined);
    open().add("c1", "hello", "k1");
    server.hold = null;
    const reloaded = open();
    expect(reloaded.get()).toMatchObject([{ key: "k1", state: "waiting" }]);
    reloaded.wake();
    await vi.runAllTimersAsync();
    expect(server.accepted).toEqual(["k1"]);
  });

  it("takes no message that was accepted for one text for the next", async () => {
    server.answers = [message, message, new Error("network")];
    const outbox = open();
    outbox.add("c1", "yes", "k1", { after: "m0" });
    outbox.add("c1", "yes", "k2", { after: "m0" });
    outbox.add("c2", "yes", "k3", { after: "m0" });
    await vi.advanceTimersByTimeAsync(0);
    expect(outbox.get().map(({ key, after }) => [key, after])).toEqual([["k2", "m1"]]);
  });

  it("keeps the order within a conversation and lets others pass", async () => {
    server.answers = [new Error("network")];
    const outbox = open();
    outbox.add("c1", "first", "k1");
    outbox.add("c1", "second", "k2");
    outbox.add("c2", "other", "k3");
    await vi.advanceTimersByTimeAsync(0);
    expect(server.accepted).toEqual(["k3"]);
    await vi.runAllTimersAsync();
    expect(server.accepted).toEqual(["k3", "k1", "k2"]);
  });

  it("stops at a refusal and goes on with the next text", async () => {
    server.answers = [new Error("opted_out")];
    const outbox = open();
    outbox.add("c1", "first", "k1");
    outbox.add("c1", "second", "k2");
    await vi.runAllTimersAsync();
    expect(outbox.get()).toMatchObject([{ key: "k1", state: "refused", refusal: "opted_out" }]);
    expect(server.accepted).toEqual(["k2"]);
    outbox.discard("k1");
    expect(outbox.get()).toEqual([]);
  });

  it("does not send by itself what has waited for more than a day", async () => {
    server.hold = new Promise(() => undefined);
    open().add("c1", "hello", "k1");
    vi.setSystemTime(1_000_000 + 25 * HOUR);
    const reloaded = open();
    reloaded.wake();
    await vi.runAllTimersAsync();
    expect(reloaded.get()).toMatchObject([{ state: "refused", refusal: "stale" }]);
    expect(server.posts).toHaveLength(1);
  });

  it("keeps the time at which a text is to go out, over a reload", async () => {
    server.answers = [new Error("network")];
    open().add("c1", "hello", "k1", { sendAt: 5_000_000 });
    await vi.advanceTimersByTimeAsync(0);
    open().wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.posts.map((post) => post.sendAt)).toEqual([5_000_000, 5_000_000]);
  });

  it("sends nothing more when the session is over, and keeps it for the same person's next one", async () => {
    server.answers = [new Error("network")];
    const outbox = open();
    outbox.add("c1", "hello", "k1");
    await vi.advanceTimersByTimeAsync(0);
    outbox.stop();
    await vi.advanceTimersByTimeAsync(HOUR);
    expect(server.posts).toHaveLength(1);
    const next = open();
    next.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.accepted).toEqual(["k1"]);
  });

  it("keeps nothing after sign-out, even when an answer comes later", async () => {
    let release = () => {};
    server.hold = new Promise((resolve) => (release = resolve));
    const outbox = open();
    outbox.add("c1", "hello", "k1");
    outbox.clear();
    release();
    await vi.runAllTimersAsync();
    expect(server.accepted).toEqual([]);
    expect(open().get()).toEqual([]);
  });
});
