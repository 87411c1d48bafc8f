import { expect, it } from "vitest";

import type { MessageView, Thread } from "../api/types";
import { messagesOf, withMessage, type ThreadPages } from "./cache";

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
