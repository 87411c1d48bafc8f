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

describe("in a store that needs credits", () => {
  const credits = { balance: 24, per_segment: 12, threshold: null, low_since: null };
  const shown = (text: string, balance = 24) => {
    const props = { text, placeholder: "", onChange: ignore, onSend: ignore, onLater: ignore };
    return renderToStaticMarkup(createElement(MessageBox, { ...props, credits: { ...credits, balance } }));
  };

  it("says before sending what the text costs", () => {
    expect(shown("x".repeat(160))).toContain("12 credits of 24");
    expect(shown("ж".repeat(71))).toContain("24 credits of 24");
    expect(shown(`${"x".repeat(159)}€`)).toContain("24 credits of 24");
    expect(shown("")).not.toContain("credits");
  });

  it("offers no button for what cannot be paid", () => {
    expect(shown("x".repeat(160))).toContain("Send<");
    expect(shown("x".repeat(307))).toContain("Too few credits (24 left)");
    expect(shown("x".repeat(307))).not.toContain("Send<");
    expect(shown("", 11)).not.toContain("<button");
  });
});
