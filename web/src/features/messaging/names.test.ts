import { expect, it } from "vitest";

import { assigneeOf, writerOf } from "./names";

const written = {
  last_direction: "outbound" as const,
  last_kind: "text" as const,
  last_author_id: "ben",
  last_author_name: "Ben Okafor",
};

it("tells own texts, a colleague's and automatic ones apart", () => {
  expect(writerOf(written, "ben")).toBe("You: ");
  expect(writerOf(written, "maya")).toBe("Ben: ");
  expect(writerOf({ ...written, last_kind: "help_answer", last_author_id: null }, "ben")).toBe("Automatic: ");
});

it("says nothing before a customer's text", () => {
  expect(writerOf({ ...written, last_direction: "inbound", last_author_id: null }, "ben")).toBe("");
});

it("does not take a colleague of the same name for oneself", () => {
  expect(writerOf({ ...written, last_author_id: "another-ben" }, "ben")).toBe("Ben: ");
});

it("names whoever looks after a conversation, also somebody who is no colleague any more", () => {
  const colleagues = [
    { id: "ben", name: "Ben Okafor", away: false },
    { id: "maya", name: "Maya Lin", away: false },
  ];
  const named = ["maya", "ben", "gone", null].map((id) => assigneeOf(id, "ben", colleagues));
  expect(named).toEqual(["Maya", "You", "A colleague", null]);
});
