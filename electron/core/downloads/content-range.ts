/** A parsed Content-Range of unit bytes. `range` is null in a 416, `sizeBytes` when the server wrote `*`. */
export interface ContentRange {
  /** First and last byte, both included, as on the wire. */
  readonly range: { readonly first: number; readonly last: number } | null;
  readonly sizeBytes: number | null;
}

/**
 * Reads `bytes 0-9/100`, `bytes 0-9/*` and `bytes * /100` (without the space), and nothing else: null for every other
 * text, numbers beyond 2^53, a last byte before the first or beyond the size, and repeated headers.
 */
export function parseContentRange(text: string | undefined): ContentRange | null {
  const match = /^bytes (?:(\d{1,16})-(\d{1,16})|\*)\/(\d{1,16}|\*)$/i.exec(text?.trim() ?? '');
  if (!match) return null;
  const sizeBytes = match[3] === '*' ? null : toSafeInteger(match[3]);
  if (match[3] !== '*' && sizeBytes === null) return null;
  if (match[1] === undefined) return sizeBytes === null ? null : { range: null, sizeBytes };
  const first = toSafeInteger(match[1]);
  const last = toSafeInteger(match[2]);
  if (first === null || last === null || last < first) return null;
  if (sizeBytes !== null && last >= sizeBytes) return null;
  return { range: { first, last }, sizeBytes };
}

/** Reads a Content-Length: digits only, within 2^53. */
export function parseContentLength(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,16}$/.test(text) ? toSafeInteger(text) : null;
}

function toSafeInteger(text: string | undefined): number | null {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}
