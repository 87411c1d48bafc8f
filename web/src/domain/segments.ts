/**
 * How a text is cut into SMS segments (GSM 03.38, 3GPP TS 23.038):
 * GSM-7 160 septets, 153 per part when concatenated; else UCS-2 with 70, or 67 per part, UTF-16 units.
 */
export const BODY_LIMIT = 1600;

export type Encoding = "gsm7" | "ucs2";

export interface Segments {
  encoding: Encoding;
  /** Characters as people count them (code points): what BODY_LIMIT is about. */
  characters: number;
  segments: number;
}

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** An escape and a character: two septets that stay together. */
const EXTENDED = new Set("\f^{}\\[~]|€");

const SIZES = { gsm7: { single: 160, part: 153 }, ucs2: { single: 70, part: 67 } };

export function segmentsOf(text: string): Segments {
  const characters = Array.from(text); // code points: what both the alphabet and the limit count
  const gsm7 = characters.every((character) => BASIC.has(character) || EXTENDED.has(character));
  const encoding: Encoding = gsm7 ? "gsm7" : "ucs2";
  const units = characters.map((character) => (gsm7 ? (EXTENDED.has(character) ? 2 : 1) : character.length));
  return { encoding, characters: characters.length, segments: parts(units, SIZES[encoding]) };
}

/** Units that belong together (escape pairs, surrogate pairs) are never split between parts. */
function parts(units: number[], size: { single: number; part: number }): number {
  const total = units.reduce((sum, unit) => sum + unit, 0);
  if (total === 0) return 0;
  if (total <= size.single) return 1;
  let count = 1;
  let used = 0;
  for (const unit of units) {
    if (used + unit > size.part) {
      count += 1;
      used = 0;
    }
    used += unit;
  }
  return count;
}
