import { expect, it } from "vitest";

import { MemoryStorage } from "../testing/memoryStorage";
import type { Outgoing } from "./conversation";
import { Memory } from "./memory";

const entry: Outgoing = { key: "k", body: "Hello", at: 1, state: "waiting" };

it("remembers what was seen and what waits, by chat", () => {
  const storage = new MemoryStorage();
  const one = new Memory("one", storage);
  one.seen = "05";
  one.outgoing = [entry];
  expect([new Memory("one", storage).seen, new Memory("one", storage).outgoing]).toEqual(["05", [entry]]);
  expect([new Memory("two", storage).seen, new Memory("two", storage).outgoing]).toEqual(["", []]);
});

it("keeps a message that is nothing but pictures, and none that is nothing", () => {
  const storage = new MemoryStorage();
  const pictured: Outgoing = { ...entry, body: "", pictures: ["p1"] };
  new Memory("one", storage).outgoing = [pictured, { ...entry, body: "", pictures: [] }];
  expect(new Memory("one", storage).outgoing).toEqual([pictured]);
});

it("leaves nothing behind of what was sent", () => {
  const storage = new MemoryStorage();
  const memory = new Memory("one", storage);
  memory.outgoing = [entry];
  memory.outgoing = [];
  expect(storage.length).toBe(0);
});

it.each(["{", "null", "7", '[{"key":""}]'])("takes %s for nothing", (text) => {
  const storage = new MemoryStorage();
  storage.setItem("chat.one.outgoing", text);
  expect(new Memory("one", storage).outgoing).toEqual([]);
});

it("does without storage", () => {
  const memory = new Memory("one", undefined);
  memory.seen = "05";
  expect([memory.seen, memory.outgoing]).toEqual(["", []]);
});
