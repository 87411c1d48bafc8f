import { describe, expect, it } from "vitest";

import { segmentsOf } from "./segments";

describe("segments of a text", () => {
  it.each([
    ["nothing", "", "gsm7", 0, 0],
    ["one letter", "a", "gsm7", 1, 1],
    ["160 basic characters", "a".repeat(160), "gsm7", 160, 1],
    ["161 basic characters", "a".repeat(161), "gsm7", 161, 2],
    ["306 basic characters", "a".repeat(306), "gsm7", 306, 2],
    ["307 basic characters", "a".repeat(307), "gsm7", 307, 3],
    ["letters beyond ASCII that the alphabet has", "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà", "gsm7", 42, 1],
    ["80 euro signs are 160 septets", "€".repeat(80), "gsm7", 80, 1],
    ["81 euro signs", "€".repeat(81), "gsm7", 81, 2],
    ["every extended character counts two", `${"a".repeat(142)}^{}\\[~]|€`, "gsm7", 151, 1],
    ["an escape pair is not split between parts", `${"a".repeat(152)}€${"a".repeat(152)}`, "gsm7", 305, 3],
    ["70 units of UCS-2", "ж".repeat(70), "ucs2", 70, 1],
    ["71 units of UCS-2", "ж".repeat(71), "ucs2", 71, 2],
    ["134 units of UCS-2", "ж".repeat(134), "ucs2", 134, 2],
    ["135 units of UCS-2", "ж".repeat(135), "ucs2", 135, 3],
    ["35 emoji are 70 units", "😀".repeat(35), "ucs2", 35, 1],
    ["36 emoji", "😀".repeat(36), "ucs2", 36, 2],
    ["a surrogate pair is not split between parts", `${"ж".repeat(66)}😀${"ж".repeat(66)}`, "ucs2", 133, 3],
    ["one typographic quote makes all of it UCS-2", `${"a".repeat(70)}’`, "ucs2", 71, 2],
    ["a small c with cedilla is not in the alphabet", "ç", "ucs2", 1, 1],
    ["right to left", "שלום", "ucs2", 4, 1],
  ])("%s", (_name, text, encoding, characters, segments) => {
    expect(segmentsOf(text)).toEqual({ encoding, characters, segments });
  });
});
