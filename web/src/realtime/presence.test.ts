import { beforeEach, expect, it, vi } from "vitest";

import { Presence, type Person } from "./presence";

let said: string[];
let presence: Presence;

const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const person = (id: string, fades_in = 60_000): Person => ({ id, name: id, writing: false, fades_in });
const names = () => presence.get().map((one) => one.id);

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  presence = new Presence((conversation, doing) => said.push(`${doing} ${conversation}`));
  return () => {
    presence.stop();
    vi.useRealTimers();
  };
});

it("says what is on screen, and says it again", async () => {
  const leave = presence.show("c");
  await wait(50_000);
  expect(said).toEqual(["looking c", "looking c", "looking c"]);
  leave();
  await wait(60_000);
  expect(said.slice(3)).toEqual(["gone c"]);
});

it("says that somebody writes, until they stop or have sent it", async () => {
  presence.show("c");
  await wait(2_000);
  presence.write(true);
  await wait(5_000);
  presence.write(true);
  await wait(5_000);
  expect(said).toEqual(["looking c", "writing c"]);
  await wait(1_000);
  presence.write(true);
  await wait(1_000);
  presence.write(false);
  await wait(1_000);
  expect(said.slice(2)).toEqual(["looking c", "writing c", "looking c"]);
});

it("says nothing twice within a second, and the last thing at its end", async () => {
  presence.show("c");
  for (const writing of [true, false, true]) presence.write(writing);
  expect(said).toEqual(["looking c"]);
  await wait(1_000);
  expect(said).toEqual(["looking c", "writing c"]);
});

it("goes from one conversation to the other", async () => {
  const leave = presence.show("a");
  await wait(2_000);
  leave();
  presence.show("b");
  leave();
  await wait(1_000);
  expect(said).toEqual(["looking a", "gone a", "looking b"]);
});

it("is gone while the page is out of view", async () => {
  presence.show("c");
  presence.look(false);
  await wait(60_000);
  expect(said).toEqual(["looking c", "gone c"]);
  presence.look(true);
  expect(said.at(-1)).toBe("looking c");
});

it("says it again at once when the connection is new", () => {
  presence.show("c");
  presence.connected();
  expect(said).toEqual(["looking c", "looking c"]);
});

it("knows who else is there, of this conversation only, and tells lists of the others", () => {
  let shown = 0;
  presence.subscribe(() => (shown += 1));
  presence.show("c");
  presence.received({ conversation_id: "other", people: [person("sam")] });
  expect([names(), shown]).toEqual([[], 1]);
  presence.received({ conversation_id: "c", people: [person("sam")] });
  expect([names(), shown]).toEqual([["sam"], 2]);
  presence.received({ conversation_id: "c", people: [] });
  presence.received({ conversation_id: "c", people: [] });
  expect([names(), shown]).toEqual([[], 3]);
});

it("lets those fade who are not heard of any more", async () => {
  presence.show("c");
  presence.received({ conversation_id: "c", people: [person("sam", 10_000), person("kim", 20_000)] });
  await wait(9_999);
  expect(names()).toEqual(["sam", "kim"]);
  await wait(1);
  expect(names()).toEqual(["kim"]);
  await wait(10_000);
  expect(names()).toEqual([]);
});

it("shows nobody of the conversation before", () => {
  const leave = presence.show("a");
  presence.received({ conversation_id: "a", people: [person("sam")] });
  leave();
  presence.show("b");
  expect(names()).toEqual([]);
});

const inRow = (id: string) => presence.of(id).map((one) => (one.writing ? `${one.id} writes` : one.id));

it("knows for lists who is where, also of what was left, until each of them fades", async () => {
  const leave = presence.show("c");
  presence.received({ conversation_id: "c", people: [{ ...person("sam", 30_000), writing: true }, person("kim")] });
  expect(inRow("c")).toEqual(["sam writes", "kim"]);
  expect(inRow("d")).toEqual([]);
  leave();
  expect(presence.get()).toEqual([]);
  expect(inRow("c")).toEqual(["sam", "kim"]);
  await wait(30_000);
  expect(inRow("c")).toEqual(["kim"]);
  await wait(30_000);
  expect(inRow("c")).toEqual([]);
});

it("takes out of lists who has gone, and keeps who said so again", async () => {
  presence.show("c");
  presence.received({ conversation_id: "c", people: [person("sam")] });
  await wait(50_000);
  presence.received({ conversation_id: "c", people: [person("sam")] });
  await wait(50_000);
  expect(inRow("c")).toEqual(["sam"]);
  presence.received({ conversation_id: "c", people: [] });
  expect(inRow("c")).toEqual([]);
});

it("tells lists once of each change, and gives them the same answer in between", () => {
  const told = vi.fn();
  presence.subscribe(told);
  presence.received({ conversation_id: "d", people: [person("sam")] });
  expect(told).toHaveBeenCalledTimes(1);
  expect(presence.of("d")).toBe(presence.of("d"));
  presence.received({ conversation_id: "e", people: [] });
  expect(told).toHaveBeenCalledTimes(1);
});
