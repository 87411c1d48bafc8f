import { MutationObserver, QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";

import { markingRead, markingUnread } from "./reading";

test("what is marked unread right after it was read stays unread, however slow the first request is", async () => {
  const arrived: string[] = [];
  const queries = new QueryClient();
  let answer = () => {};
  const slowly = new Promise<void>((resolve) => (answer = resolve));
  const api = {
    markRead: async () => {
      await slowly;
      arrived.push("read");
      return undefined;
    },
    markUnread: () => Promise.resolve(void arrived.push("unread")),
  };
  const read = new MutationObserver(queries, markingRead(api, queries, "a")).mutate("m1");
  const unread = new MutationObserver(queries, markingUnread(api, "a")).mutate();
  const elsewhere = new MutationObserver(queries, markingUnread(api, "b")).mutate();
  await elsewhere;
  expect(arrived).toEqual(["unread"]);
  answer();
  await Promise.all([read, unread]);
  expect(arrived).toEqual(["unread", "read", "unread"]);
});
