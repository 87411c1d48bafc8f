import { expect, it } from "vitest";

import { csv } from "./csv";

it("quotes what needs it", () => {
  expect(csv([["a", 'say "b"', "c,d", "e\nf"]])).toBe('a,"say ""b""","c,d","e\nf"\r\n');
});

it("makes nothing run in a spreadsheet", () => {
  for (const evil of ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1", "＋1"]) {
    expect(csv([[evil]]).replaceAll('"', "")).toMatch(/^'/);
  }
  expect(csv([["Ben = Okafor"]])).toBe("Ben = Okafor\r\n");
});
