import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";

import type { MessageView } from "../../api/types";
import { Bubble } from "./Bubble";

const failed = {
  id: "m1",
  direction: "outbound",
  kind: "text",
  body: "Hello",
  status: "failed",
  failure: { text: "The number does not exist." },
  attempt: 1,
  created_at: 0,
  can_retry: true,
  checking: false,
  media: [],
} as unknown as MessageView;

function shown(message: MessageView): string {
  return renderToStaticMarkup(
    createElement(Bubble, {
      storeId: "s",
      conversationId: "c1",
      message,
      zone: { timeZone: "UTC" },
      author: "Ada",
      showsAuthor: false,
      continues: false,
      isLastOutbound: false,
      canRetry: message.can_retry,
      isRetrying: false,
      onRetry: () => undefined,
    }),
  );
}

it("says that the provider is being asked, and lets people send again all the same", () => {
  const html = shown({ ...failed, status: "unknown", failure: null, checking: true });
  expect(html).toContain("checking with the provider");
  expect(html).not.toContain("Delivery unknown");
  expect(html).not.toContain("may or may not have it");
  expect(html).toContain(">Send again<");
});

it("asks people once the provider could not say", () => {
  const html = shown({ ...failed, status: "unknown", failure: null, checking: false });
  expect(html).toContain("Delivery unknown – send again?");
  expect(html).toContain("The customer may or may not have it.");
  expect(html).not.toContain("checking");
});

it.each([true, false])("offers to send again only where the server would: %s", (canRetry) => {
  const html = renderToStaticMarkup(
    createElement(Bubble, {
      storeId: "s",
      conversationId: "c1",
      message: failed,
      zone: { timeZone: "UTC" },
      author: "Ada",
      showsAuthor: false,
      continues: false,
      isLastOutbound: true,
      canRetry,
      isRetrying: false,
      onRetry: () => undefined,
    }),
  );
  expect(html).toContain("The number does not exist.");
  expect(html).not.toContain("may or may not have it");
  expect(html.includes(">Retry<")).toBe(canRetry);
});
