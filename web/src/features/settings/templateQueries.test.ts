import { expect, it } from "vitest";

import type { StoreTemplate, StoreTemplateList } from "../../api/types";
import { withSaved } from "./templateQueries";

const template = (id: string, revision: number) => ({ id, revision }) as StoreTemplate;
const list = { rows: [template("a", 1), template("b", 1)], language: "en" } as StoreTemplateList;

it("what is saved takes its place in the list at once", () => {
  expect(withSaved(list, template("a", 2)).rows).toEqual([template("a", 2), template("b", 1)]);
});

it("a new one comes last", () => {
  const { rows, language } = withSaved(list, template("c", 1));
  expect(rows.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  expect(language).toBe("en");
});
