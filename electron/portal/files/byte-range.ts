/** What a Range header asks of a file. */
export type ByteRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly first: number; readonly last: number }
  | { readonly kind: 'unsatisfiable' };

const whole: ByteRange = { kind: 'whole' };

/**
 * Reads a Range header for a file of `sizeBytes`.
 *
 * Several ranges, other units and bad syntax answer `whole`, as RFC 9110 allows: a server may ignore the header.
 */
export function parseByteRange(header: string | undefined, sizeBytes: number): ByteRange {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.replaceAll(' ', '') ?? '');
  if (match === null) return whole;
  const [, from = '', to = ''] = match;
  if (from === '') return to === '' ? whole : suffixRange(Number(to), sizeBytes);
  const first = Number(from);
  if (to !== '' && Number(to) < first) return whole;
  if (first >= sizeBytes) return { kind: 'unsatisfiable' };
  return { kind: 'part', first, last: to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1) };
}

function suffixRange(length: number, sizeBytes: number): ByteRange {
  if (length === 0 || sizeBytes === 0) return { kind: 'unsatisfiable' };
  return { kind: 'part', first: Math.max(0, sizeBytes - length), last: sizeBytes - 1 };
}
