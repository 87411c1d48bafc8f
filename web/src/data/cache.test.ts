import { expect, it } from "vitest";

import type { MessageView, Thread } from "../api/types";
import { messagesOf, withMessage, withoutHeld, type ThreadPages } from "./cache";

const message = (id: string, status: MessageView["status"] = "queued") => ({ id, status }) as MessageView;
const pages = (...ids: string[][]): ThreadPages => ({
  pages: ids.map((page) => ({ messages: page.map((id) => message(id)) }) as Thread),
  pageParams: ids.map(() => null),
});
const idsOf = (data: ThreadPages) => messagesOf(data).map((one) => one.id);

it("puts older pages first", () => {
  expect(idsOf(pages(["c", "d"], ["a", "b"]))).toEqual(["a", "b", "c", "d"]);
});

it("shows a message once that two pages hold", () => {
  expect(idsOf(pages(["b", "c"], ["a", "b"]))).toEqual(["a", "b", "c"]);
});

it("puts a new message last", () => {
  expect(idsOf(withMessage(pages(["b"], ["a"]), message("c")))).toEqual(["a", "b", "c"]);
});

it("replaces a message that is already there", () => {
  const data = withMessage(pages(["b"], ["a"]), message("a", "sent"));
  expect(messagesOf(data).map((one) => one.status)).toEqual(["sent", "queued"]);
});

const waiting = (id: string, until: number) =>
  ({ ...message(id), held: { until, reason: "later" } }) as unknown as MessageView;
const heldOf = (data: ThreadPages) => data.pages[0]?.held.map((one) => [one.id, one.held?.until]);
const withNone = { ...pages(["b"], ["a"]) };
withNone.pages = withNone.pages.map((page) => ({ ...page, held: [] }));

it("keeps texts that wait apart, the earliest first, each once", () => {
  const two = withMessage(withMessage(withNone, waiting("x", 20)), waiting("y", 10));
  expect(heldOf(two)).toEqual([
    ["y", 10],
    ["x", 20],
  ]);
  expect(heldOf(withMessage(two, waiting("y", 30)))).toEqual([
    ["x", 20],
    ["y", 30],
  ]);
  expect(idsOf(two)).toEqual(["a", "b"]);
});

it("forgets a text that waits no longer", () => {
  expect(heldOf(withoutHeld(withMessage(withNone, waiting("x", 20)), "x"))).toEqual([]);
});
