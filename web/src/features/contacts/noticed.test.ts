import { describe, expect, it } from "vitest";

import type { ReminderView } from "../../api/types";
import { putAside, toShow, untilNext } from "./noticed";

const reminder = (id: string, due_at: number) => ({ id, due_at }) as ReminderView;

describe("reminders that are due", () => {
  const [one, two] = [reminder("one", 10), reminder("two", 20)];

  it("show the latest first, until they are put aside", () => {
    expect(toShow([one, two], {})).toEqual([two, one]);
    expect(toShow([one, two], putAside({}, [two], [one, two]))).toEqual([one]);
  });

  it("ring again after they were put off", () => {
    const noticed = putAside({}, [one], [one]);
    expect(toShow([reminder("one", 30)], noticed)).toHaveLength(1);
  });

  it("are forgotten when they are gone", () => {
    expect(putAside({ gone: 5, one: 10 }, [two], [one, two])).toEqual({ one: 10, two: 20 });
  });

  it("are waited for", () => {
    expect(untilNext([one, two], 12)).toBe(8);
    expect(untilNext([one], 12)).toBeNull();
  });
});
