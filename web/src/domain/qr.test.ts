import { describe, expect, it } from "vitest";

import { codeOf } from "./qr";

const LINK = "https://talk.example.test/invite#0123456789abcdefghijkl";

describe("a QR code", () => {
  it("keeps four squares free around it and has its three corners", () => {
    const { path, size } = codeOf(LINK);
    const dark = new Set(path.match(/M\d+ \d+/g));
    const far = size - 5;
    for (const corner of ["M4 4", `M${far} 4`, `M4 ${far}`]) expect(dark).toContain(corner);
    for (const square of dark) {
      const [x = 0, y = 0] = square.slice(1).split(" ").map(Number);
      expect(Math.min(x, y, size - 1 - x, size - 1 - y)).toBeGreaterThanOrEqual(4);
    }
  });

  it("is another one for another link", () => {
    expect(codeOf(LINK).path).not.toBe(codeOf(`${LINK.slice(0, -1)}m`).path);
  });
});
