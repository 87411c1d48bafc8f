import { QueryObserver } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";

import { ChangingQueries } from "./queryClient";

const KEY = ["credits", "lines"];

/** Answers in the order of its calls, each when `answer` says so. */
function loadedBy(queries: ChangingQueries) {
  const waiting: { resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const queryFn = vi.fn(() => new Promise<string>((resolve, reject) => waiting.push({ resolve, reject })));
  new QueryObserver(queries, { queryKey: KEY, queryFn, retry: false, staleTime: Infinity }).subscribe(() => undefined);
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return {
    queryFn,
    answer: (value: string) => (waiting.shift()?.resolve(value), settled()),
    fail: () => (waiting.shift()?.reject(new Error("no answer")), settled()),
  };
}

it("asks once more when something changed while it loaded for the first time", async () => {
  const queries = new ChangingQueries();
  const { queryFn, answer } = loadedBy(queries);
  void queries.invalidateQueries({ queryKey: ["credits"] });
  void queries.invalidateQueries();
  await answer("before");
  expect(queryFn).toHaveBeenCalledTimes(2);
  await answer("after");
  expect(queries.getQueryData(KEY)).toBe("after");
  expect(queryFn).toHaveBeenCalledTimes(2);
});

it("asks once when nothing changed, and not again for what failed", async () => {
  const queries = new ChangingQueries();
  const { queryFn, answer, fail } = loadedBy(queries);
  void queries.invalidateQueries({ queryKey: ["orders"] });
  void queries.invalidateQueries({ queryKey: KEY });
  await fail();
  expect(queryFn).toHaveBeenCalledTimes(1);
  void queries.invalidateQueries({ queryKey: ["orders"] });
  void queries.refetchQueries({ queryKey: KEY });
  await answer("later");
  expect(queryFn).toHaveBeenCalledTimes(2);
});

it("leaves what is on screen to the library: the answer in flight is dropped", async () => {
  const queries = new ChangingQueries();
  const { queryFn, answer } = loadedBy(queries);
  await answer("first");
  void queries.invalidateQueries({ queryKey: KEY });
  void queries.invalidateQueries({ queryKey: KEY });
  await answer("dropped");
  await answer("second");
  expect(queries.getQueryData(KEY)).toBe("second");
  expect(queryFn).toHaveBeenCalledTimes(3);
});
