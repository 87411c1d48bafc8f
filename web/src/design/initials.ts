/** How many avatar colours there are (Avatar.module.css: hue0...). */
export const HUES = 7;

/** First letters of the first and last word, in upper case; `?` for nobody. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => {
    const letter = word === undefined ? undefined : /[\p{L}\p{N}]/u.exec(word)?.[0];
    return letter?.toLocaleUpperCase() ?? "";
  });
  return letters.join("") || "?";
}

/** A colour number that depends on the text only. */
export function hue(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % HUES;
}
