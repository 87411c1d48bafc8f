import { expect, it } from "vitest";

import { MemoryStorage } from "../testing/memoryStorage";
import { Drafts } from "./drafts";
import { StoredValue } from "./storage";

const drafts = (storage: Storage) => new Drafts(new StoredValue(storage, "drafts", {}));

it("keeps one draft per place across reloads", () => {
  const storage = new MemoryStorage();
  drafts(storage).set("conversation:a", "half a sen");
  drafts(storage).set("conversation:b", "another");
  expect(drafts(storage).get("conversation:a")).toBe("half a sen");
  expect(drafts(storage).get("conversation:b")).toBe("another");
});

it("forgets a blank draft", () => {
  const storage = new MemoryStorage();
  drafts(storage).set("conversation:a", "text");
  drafts(storage).set("conversation:a", "  ");
  expect(storage.getItem("drafts")).toBe("{}");
});

it("survives storage that holds nonsense", () => {
  const storage = new MemoryStorage();
  storage.setItem("drafts", "{oops");
  expect(drafts(storage).get("conversation:a")).toBe("");
});

it("survives storage that refuses to store", () => {
  const storage = new MemoryStorage();
  storage.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  expect(() => drafts(storage).set("conversation:a", "text")).not.toThrow();
});
