/** An amount in the currency's minor unit, as people write it. Falls back to plain figures for unknown currencies. */
export function money(minor: number, currency: string, locale?: string): string {
  try {
    const format = new Intl.NumberFormat(locale, { style: "currency", currency });
    return format.format(minor / 10 ** digitsOf(currency));
  } catch {
    return `${(minor / 100).toFixed(2)} ${currency}`;
  }
}

/** Without the currency, for spreadsheets: `12.50`. */
export function figure(minor: number, currency: string): string {
  try {
    const digits = digitsOf(currency);
    return (minor / 10 ** digits).toFixed(digits);
  } catch {
    return (minor / 100).toFixed(2);
  }
}

/** Throws for what is no code of a currency. */
function digitsOf(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
