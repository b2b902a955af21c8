/** Bytes a second in a megabyte a second, the unit in which people set limits. */
const mega = 1_000_000;

/** A limit as a field shows it: megabytes a second without needless zeros, empty for none. */
export function rateText(bytesPerSecond: number | null): string {
  return bytesPerSecond === null ? '' : String(Number((bytesPerSecond / mega).toFixed(3)));
}

/** A limit that was typed in megabytes a second: bytes a second, null for none, or what is wrong with it. */
export function readRate(text: string): { readonly rate: number | null } | { readonly problem: string } {
  const plain = text.trim().replace(',', '.');
  if (plain === '') return { rate: null };
  const value = /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
  if (Number.isNaN(value))
    return { problem: 'Enter a number of megabytes a second, or nothing for no limit.' };
  const rate = Math.round(value * mega);
  return rate < 1000 ? { problem: 'At least 0.001 MB/s.' } : { rate };
}
