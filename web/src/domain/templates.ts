/** Approved message templates: bodies with `{{1}}`, `{{2}}` and so on (X9). */

export const LONGEST_VALUE = 200;
/** What WhatsApp takes in no value; the server refuses it too. */
const REFUSED = /[\n\r\t]| {5}|\{\{|\}\}/;

export type Piece = { text: string } | { placeholder: number };

/** A body, cut at its placeholders. */
export function piecesOf(body: string): Piece[] {
  const pieces = body.split(/\{\{([1-9][0-9]?)\}\}/);
  return pieces
    .map((piece, index): Piece => (index % 2 === 1 ? { placeholder: Number(piece) } : { text: piece }))
    .filter((piece) => !("text" in piece) || piece.text !== "");
}

export function canFill(value: string): boolean {
  return value.trim() !== "" && value.length <= LONGEST_VALUE && !REFUSED.test(value);
}
