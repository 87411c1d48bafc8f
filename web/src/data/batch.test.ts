import { beforeEach, expect, it, vi } from "vitest";

import { batched } from "./batch";

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

it("runs the first at once and the rest of a burst together", () => {
  const runs: number[][] = [];
  const add = batched<number>((items) => runs.push(items), 300);
  add([1]);
  add([2]);
  add([3]);
  expect(runs).toEqual([[1]]);
  vi.advanceTimersByTime(300);
  expect(runs).toEqual([[1], [2, 3]]);
  vi.advanceTimersByTime(300);
  add([4]);
  expect(runs).toEqual([[1], [2, 3], [4]]);
});
