import { encode } from "uqr";

/** A text as a QR code: one path of squares on a field of `size`, with the quiet zone that cameras need. */
export function codeOf(text: string): { path: string; size: number } {
  const { data, size } = encode(text, { ecc: "M", border: 4 });
  let path = "";
  data.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (dark) path += `M${x} ${y}h1v1h-1z`;
    }),
  );
  return { path, size };
}
