/** The head of a response of which every byte was understood. */
export interface ParsedHead {
  readonly status: number;
  /** Names in lower case; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where the head ends in what was parsed, and the body begins. */
  readonly endsAt: number;
  /** Bytes of the body; null when the head does not state it in the one way that is understood here. */
  readonly bodyBytes: number | null;
  /** The server keeps the connection. */
  readonly keepsAlive: boolean;
}

/** What came so far: a whole head, the beginning of one, or something that is left to a more patient parser. */
export type HeadVerdict =
  | { readonly kind: 'head'; readonly head: ParsedHead }
  | { readonly kind: 'more' }
  | { readonly kind: 'refused'; readonly why: string };

/** Largest head that is read, as with the plain client. */
export const mostHeadBytes = 32 * 1024;
const mostHeaders = 200;

const statusLine = /^HTTP\/1\.1 ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/;
const header = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\t ]*([\t\x20-\x7e\x80-\xff]*?)[\t ]*$/;
// Said twice, they say nothing: each decides which bytes are the file's.
const onlyOnce = new Set(['content-length', 'content-range', 'content-encoding', 'content-type', 'etag']);
const more: HeadVerdict = { kind: 'more' };

/**
 * Reads a response head in the strictest way: HTTP/1.1, lines ended by CR LF, no folding, no control characters, no
 * framing header twice. Pure. What it refuses may still be a fair answer, so it is asked for again by a parser that
 * has met more servers.
 */
export function parseResponseHead(bytes: Buffer): HeadVerdict {
  const end = bytes.indexOf('\r\n\r\n', 0, 'latin1');
  if (end < 0) return bytes.byteLength > mostHeadBytes ? refused('The head is too long.') : beginning(bytes);
  if (end > mostHeadBytes) return refused('The head is too long.');
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const status = statusLine.exec(first)?.[1];
  if (status === undefined) return refused('The first line is none of HTTP/1.1.');
  if (lines.length > mostHeaders) return refused('The head has too many lines.');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const match = header.exec(line);
    if (!match) return refused('A line of the head is no header.');
    const [, name = '', value = ''] = match;
    const key = name.toLowerCase();
    const before = headers.get(key);
    if (before !== undefined && onlyOnce.has(key)) return refused(`The head has two lines of ${key}.`);
    headers.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return { kind: 'head', head: toHead(Number(status), headers, end + 4) };
}

/** Whatever cannot become a head any more is refused before its end, so that nobody waits for that. */
function beginning(bytes: Buffer): HeadVerdict {
  const start = bytes.toString('latin1', 0, 9);
  return 'HTTP/1.1 '.startsWith(start) ? more : refused('The first line is none of HTTP/1.1.');
}

function toHead(status: number, headers: ReadonlyMap<string, string>, endsAt: number): ParsedHead {
  const connection = (headers.get('connection') ?? '').toLowerCase().split(',');
  return {
    status,
    headers: Object.fromEntries(headers),
    endsAt,
    bodyBytes: bodyBytesOf(status, headers),
    keepsAlive: !connection.some((word) => /^\s*(close|upgrade)\s*$/.test(word)),
  };
}

function bodyBytesOf(status: number, headers: ReadonlyMap<string, string>): number | null {
  if (status < 200 || status === 204 || status === 304) return 0;
  const length = headers.get('content-length');
  if (length === undefined || headers.has('transfer-encoding') || !/^\d{1,15}$/.test(length)) return null;
  return Number(length);
}

function refused(why: string): HeadVerdict {
  return { kind: 'refused', why };
}
