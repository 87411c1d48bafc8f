/** What makes a spreadsheet take a cell for a formula, also behind white space and in its full-width form. */
const FORMULA = /^\s*[=+\-@＝＋－＠\t\r]/;

/** A table as RFC 4180 has it. What a spreadsheet would run is made text by an apostrophe. */
export function csv(rows: string[][]): string {
  return rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
}

function cell(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
