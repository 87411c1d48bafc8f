import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

import { firstText, firstTextLimit } from "../../domain/firstText";
import { MessageBox } from "./MessageBox";

const ignore = () => undefined;
const STORE = "Oak & Linen";

function html(text: string, first: boolean): string {
  const props = { text, placeholder: "", onChange: ignore, onSend: ignore };
  const sentAs = (typed: string) => firstText(STORE, typed);
  const more = first ? { limit: firstTextLimit(STORE), sentAs } : {};
  return renderToStaticMarkup(createElement(MessageBox, { ...props, ...more }));
}

describe("the message box", () => {
  it("counts what goes out: for a first text also what the server adds", () => {
    expect(html("x".repeat(150), false)).toContain("150 characters · 1 segment<");
    expect(html("x".repeat(150), true)).toContain("186 characters · 2 segments<");
  });

  it("shows its hint, not what the server would add, while nothing is typed", () => {
    expect(html(" ", true)).not.toContain("segment");
  });

  it("takes no more than what leaves room for it", () => {
    const limit = firstTextLimit(STORE);
    expect(html("x".repeat(limit), true)).not.toContain("too many");
    expect(html("x".repeat(limit + 2), true)).toContain("2 characters too many");
    expect(html("x".repeat(limit + 2), false)).not.toContain("too many");
  });
});
