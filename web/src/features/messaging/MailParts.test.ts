import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";

import type { MailView } from "../../api/types";
import { Folded, MailHead } from "./MailParts";

const mail: MailView = {
  subject: "Boots <b>",
  folded: "",
  unverified: false,
  unreadable: false,
  automatic: false,
  other_sender: false,
};

function head(changes: Partial<MailView>): string {
  return renderToStaticMarkup(createElement(MailHead, { mail: { ...mail, ...changes } }));
}

it("shows the subject as text, and no note where nothing is wrong", () => {
  expect(head({})).toContain("Boots &lt;b&gt;");
  expect(head({})).not.toContain("mail-note");
  expect(head({ subject: "" })).toBe("");
});

it.each([
  ["unverified", "Sender not verified"],
  ["other_sender", "another address"],
  ["automatic", "machine"],
  ["unreadable", "Could not be read"],
] as const)("warns of what is %s", (name, words) => {
  expect(head({ [name]: true })).toContain(words);
});

it("keeps quotes folded until they are asked for", () => {
  const html = renderToStaticMarkup(createElement(Folded, { text: "> what was quoted" }));
  expect(html).toContain("Show quoted text");
  expect(html).toContain('aria-expanded="false"');
  expect(html).not.toContain("what was quoted");
});
