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
} as MessageView;

it.each([true, false])("offers to send again only where the server would: %s", (canRetry) => {
  const html = renderToStaticMarkup(
    createElement(Bubble, {
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
  expect(html.includes(">Retry<")).toBe(canRetry);
});
