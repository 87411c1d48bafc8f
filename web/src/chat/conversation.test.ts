import { describe, expect, it } from "vitest";

import type { ChatMessage, ChatView } from "./api";
import { blank, delivered, pending, received, unseen, withOlder, withOutgoing, type Outgoing } from "./conversation";

const message = (id: string, mine = false): ChatMessage => ({
  id,
  mine,
  body: id,
  pictures: [],
  card: null,
  created_at: 1,
  author: "",
});
const view = (...messages: ChatMessage[]): ChatView => ({
  store: "Pine Street",
  phone: "+1",
  ended: false,
  opted_out: false,
  order: null,
  messages,
  position: messages.at(-1)?.id ?? "",
  older: "before",
  more: false,
});
const entry = (key: string, at: number): Outgoing => ({ key, body: key, at, state: "sending" });
const picture = { id: "p1", width: 4, height: 3 };
const ids = (messages: ChatMessage[]) => messages.map(({ id }) => id);

describe("a conversation", () => {
  it("keeps the order of ids, however pages come", () => {
    const first = received(blank("", []), view(message("03"), message("05")), true, true);
    const next = received(first, view(message("04"), message("05"), message("06")), false, true);
    const all = withOlder(next, { ...view(message("01"), message("02")), older: null });
    expect(ids(all.messages)).toEqual(["01", "02", "03", "04", "05", "06"]);
    expect([first.older, next.older, all.older]).toEqual(["before", "before", null]);
  });

  it("shows a text once, also where news of it come before the answer", () => {
    const written = withOutgoing(blank("", []), { ...entry("hello", 1), after: "03" });
    const news = received(written, view({ ...message("04"), mine: true, body: "hello" }), false, true);
    expect(pending(written)).toHaveLength(1);
    expect(pending(news)).toHaveLength(0);
    const others = received(
      written,
      view({ ...message("04"), mine: true, body: "hello", pictures: [picture] }),
      false,
      true,
    );
    expect(pending(others)).toHaveLength(1);
    const twice = withOutgoing(news, { ...entry("hello", 2), key: "again", after: "03" });
    expect(pending(twice).map(({ key }) => key)).toEqual(["again"]);
  });

  it("still shows what only looks like an older text, or could not be sent", () => {
    const before = received(blank("", []), view({ ...message("03"), mine: true, body: "hello" }), true, true);
    expect(pending(withOutgoing(before, { ...entry("hello", 1), after: "03" }))).toHaveLength(1);
    const failed = withOutgoing(before, { ...entry("hello", 1), after: "02", state: "failed" });
    expect(pending(failed)).toHaveLength(1);
  });

  it("is about the order that it is about now", () => {
    const first = received(blank("", []), { ...view(), order: "1001" }, true, true);
    const next = received(first, { ...view(), order: "1002" }, false, true);
    expect([blank("", []).order, first.order, next.order]).toEqual([null, "1001", "1002"]);
  });

  it("keeps its place while nothing is new", () => {
    const first = received(blank("", []), view(message("03")), true, true);
    expect(received(first, { ...view(), position: "" }, false, true).position).toBe("03");
  });

  it("draws the line before what came while nobody looked, until the customer writes", () => {
    const shown = received(
      blank("02", []),
      view(message("01"), message("02"), message("03", true), message("04")),
      true,
      true,
    );
    expect(shown.firstUnread).toBe("04");
    const away = received(
      { ...shown, seen: "04", firstUnread: null },
      view(message("05"), message("06")),
      false,
      false,
    );
    expect(away.firstUnread).toBe("05");
    expect(withOutgoing(away, entry("k", 9)).firstUnread).toBeNull();
  });

  it("draws no line at the first visit, nor for what comes before the customer's eyes", () => {
    const first = received(blank("", []), view(message("01")), true, true);
    expect(first.firstUnread).toBeNull();
    expect(received({ ...first, seen: "01" }, view(message("02")), false, true).firstUnread).toBeNull();
  });

  it("knows what was not on the screen yet, and that own messages need not be", () => {
    const shown = received(blank("01", []), view(message("01"), message("02"), message("03", true)), true, true);
    expect(unseen(shown)).toBe("02");
    expect(unseen({ ...shown, seen: "02" })).toBe("");
  });

  it("replaces what was on its way by what the server has", () => {
    const sent = withOutgoing(withOutgoing(blank("", []), entry("b", 2)), entry("a", 1));
    expect(sent.outgoing.map(({ key }) => key)).toEqual(["a", "b"]);
    const done = delivered(sent, "a", message("07", true));
    expect([ids(done.messages), done.outgoing.map(({ key }) => key)]).toEqual([["07"], ["b"]]);
  });
});
