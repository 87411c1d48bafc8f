import { expect, it } from "vitest";

import { figure, money } from "./money";

it.each([
  [123456, "USD", "$1,234.56"],
  [5, "EUR", "€0.05"],
  [1500, "JPY", "¥1,500"],
  [1500, "", "15.00 "],
])("%d %s is %s", (minor, currency, text) => {
  expect(money(minor, currency, "en-US")).toBe(text);
});

it.each([
  [1250, "USD", "12.50"],
  [1250, "JPY", "1250"],
  [1250, "?", "12.50"],
])("%d %s is %s in a spreadsheet", (minor, currency, text) => {
  expect(figure(minor, currency)).toBe(text);
});
