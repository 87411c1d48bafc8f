import { expect, it } from "vitest";

import type { MessageView } from "../api/types";
import type { OutboxEntry } from "./outbox";
import { pending } from "./pending";

function entry(key: string, change: Partial<OutboxEntry> = {}): OutboxEntry {
  const rest = { createdAt: 1, attempts: 0, retryAt: 1, refusal: null, state: "posting" } as const;
  return { key, conversationId: "c1", body: "Hello", after: "05", ...rest, ...change };
}

function message(id: string, change: Partial<MessageView> = {}): MessageView {
  return { id, body: "Hello", card: null, media: [], ...change } as MessageView;
}

const keys = (entries: OutboxEntry[], mine: MessageView[]) => pending(entries, mine).map(({ key }) => key);

it("shows a text until it stands in the conversation", () => {
  expect(keys([entry("a")], [])).toEqual(["a"]);
  expect(keys([entry("a")], [message("06")])).toEqual([]);
});

it("does not take what was said before for it, nor other words", () => {
  expect(keys([entry("a")], [message("05"), message("06", { body: "Hello?" })])).toEqual(["a"]);
});

it("takes one message for one text only", () => {
  expect(keys([entry("a"), entry("b")], [message("06")])).toEqual(["b"]);
  expect(keys([entry("a"), entry("b")], [message("06"), message("07")])).toEqual([]);
});

it("shows what was refused, and what an older version stored", () => {
  const old = entry("old");
  delete old.after;
  expect(keys([entry("a", { state: "refused" }), old], [message("06"), message("07")])).toEqual(["a", "old"]);
});

it("tells texts with a product or pictures by those, too", () => {
  const card = { product_id: "p1", words: "Hello" } as MessageView["card"];
  const media = [{ id: "m1" }] as MessageView["media"];
  const own = entry("a", { product: { id: "p1", title: "Boots" }, pictures: ["m1"] });
  expect(keys([own], [message("06"), message("07", { card, media: [] })])).toEqual(["a"]);
  expect(keys([own], [message("08", { card, body: "Hello\nBoots\n$90", media })])).toEqual([]);
  expect(keys([entry("b")], [message("08", { card, body: "Hello\nBoots\n$90", media })])).toEqual(["b"]);
});
