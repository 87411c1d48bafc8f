import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

import { Count } from "./Badge";

const html = (value: number, atLeast?: string) =>
  renderToStaticMarkup(createElement(Count, { value, tone: "total", label: `${value} unread`, atLeast }));

describe("a number in a circle", () => {
  it("says that there may be more, and why", () => {
    expect(html(12)).toContain(">12<");
    expect(html(12)).not.toContain("title=");
    expect(html(12, "Only some are counted.")).toContain(">12+<");
    expect(html(12, "Only some are counted.")).toContain('title="Only some are counted."');
  });

  it("is short for large numbers and absent for none", () => {
    expect(html(100)).toContain(">99+<");
    expect(html(100, "Only some are counted.")).toContain(">99+<");
    expect(html(0, "Only some are counted.")).toBe("");
  });
});
