import { describe, expect, it } from "vitest";

import { readBarcode } from "./barcode";

const LEFT_ODD = [
  "0001101",
  "0011001",
  "0010011",
  "0111101",
  "0100011",
  "0110001",
  "0101111",
  "0111011",
  "0110111",
  "0001011",
];
const FIRST = ["OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE", "OEEOOE", "OEEEOO", "OEOEOE", "OEOEEO", "OEEOEO"];

/** The bars of an EAN-13 (ISO/IEC 15420): 1 is black. */
function bars(code: string): string {
  const digits = Array.from(code, Number);
  const mirrored = (digit: number) => Array.from(LEFT_ODD[digit] ?? "", (bit) => (bit === "1" ? "0" : "1")).join("");
  const even = (digit: number) => Array.from(mirrored(digit)).toReversed().join("");
  const left = digits
    .slice(1, 7)
    .map((digit, at) => (FIRST[digits[0] ?? 0]?.[at] === "O" ? LEFT_ODD[digit] : even(digit)));
  return `101${left.join("")}01010${digits.slice(7).map(mirrored).join("")}101`;
}

/** A code of bars three pixels wide, with white around it. */
function picture(code: string): { data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number } {
  const line = "0".repeat(12) + bars(code) + "0".repeat(12);
  const [width, height] = [line.length * 3, 120];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 20; y < height - 20; y += 1) {
    for (let x = 0; x < width; x += 1)
      if (line[Math.floor(x / 3)] === "1") data.fill(10, (y * width + x) * 4, (y * width + x) * 4 + 3);
  }
  return { data, width, height };
}

function standing({ data, width, height }: ReturnType<typeof picture>): ReturnType<typeof picture> {
  const result = new Uint8ClampedArray(data.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1)
      result.set(data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4), (x * height + y) * 4);
  }
  return { data: result, width: height, height: width };
}

describe("a bar code in a picture", () => {
  it("is read, lying or standing", () => {
    expect(readBarcode(picture("4006381333931"))).toBe("4006381333931");
    expect(readBarcode(standing(picture("4006381333931")))).toBe("4006381333931");
  });

  it("is none where its check digit is wrong, nor where there is nothing", () => {
    expect(readBarcode(picture("4006381333932"))).toBeNull();
    expect(readBarcode({ data: new Uint8ClampedArray(400 * 100 * 4).fill(200), width: 400, height: 100 })).toBeNull();
  });
});
