import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Router } from "wouter";

import type { MailView } from "../../api/types";
import { Folded, MailHead } from "./MailParts";

const mail: MailView = {
  subject: "Boots <b>",
  folded: "",
  unverified: false,
  unreadable: false,
  automatic: false,
  other_sender: false,
  order_id: null,
  order_number: null,
};

function head(changes: Partial<MailView>): string {
  const shown = createElement(MailHead, { mail: { ...mail, ...changes }, storeId: "s" });
  return renderToStaticMarkup(createElement(Router, { ssrPath: "/", children: shown }));
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

it("leads to the order that it names", () => {
  const html = head({ order_id: "o-1", order_number: "#1042" });
  expect(html).toContain("/stores/s/orders/o-1");
  expect(html).toContain("Order #1042");
});

it("keeps quotes folded until they are asked for", () => {
  const html = renderToStaticMarkup(createElement(Folded, { text: "> what was quoted" }));
  expect(html).toContain("Show quoted text");
  expect(html).toContain('aria-expanded="false"');
  expect(html).not.toContain("what was quoted");
});
