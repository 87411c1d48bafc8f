/** A template filled in as far as its values are known; what is missing stands in it as a token. */
export interface Unfilled {
  text: string;
  missing: string[];
}

/** With the words for all that is missing; null while one of them is. What is filled in is never looked at again. */
export function filledIn({ text, missing }: Unfilled, values: Record<string, string>): string | null {
  const given = new Map(missing.map((name) => [`[[${name}]]`, (values[name] ?? "").trim()]));
  if ([...given.values()].includes("")) return null;
  return text.replace(/\[\[[a-z.]+\]\]/g, (token) => given.get(token) ?? token);
}
