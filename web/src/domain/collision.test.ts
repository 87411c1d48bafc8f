import { expect, it } from "vitest";

import { colleaguesText, isJustNow, JUST_NOW_MS } from "./collision";

const text = (id: string, author: string | null, created_at = 0, kind: "text" | "help_answer" = "text") => ({
  id,
  direction: "outbound" as const,
  kind,
  author_id: author,
  author_name: author,
  created_at,
});
const customers = { ...text("c", null), direction: "inbound" as const };

it("knows a colleague's text that just came, by this device's clock", () => {
  const seen = colleaguesText([text("1", "maya", 5)], "ben", null, 1_000);
  expect(seen).toEqual({ id: "1", by: "maya", at: 1_000 });
  expect(isJustNow(seen, 1_000 + JUST_NOW_MS - 1)).toBe(true);
  expect(isJustNow(seen, 1_000 + JUST_NOW_MS)).toBe(false);
});

it("takes what was there on opening as old as the server says", () => {
  expect(isJustNow(colleaguesText([text("1", "maya", 5)], "ben", undefined, 900_000), 900_000)).toBe(false);
});

it("keeps the instant at which it was seen, also when the customer writes", () => {
  const before = { id: "1", by: "maya", at: 7 };
  expect(colleaguesText([text("1", "maya"), customers], "ben", before, 99)).toBe(before);
});

it("says nothing of own texts, automatic ones and customers", () => {
  for (const last of [text("1", "ben"), text("1", null), customers]) {
    expect(colleaguesText([last], "ben", null, 1)).toBeNull();
  }
  const answered = [text("1", "maya"), text("2", null, 0, "help_answer")];
  expect(colleaguesText(answered, "ben", null, 1)?.id).toBe("1");
  expect(colleaguesText([text("1", "maya"), text("2", "ben")], "ben", null, 1)).toBeNull();
});
