/** How far into a body its own word for its encoding may stand, in bytes. */
const headBytes = 2048;

/**
 * The text of a body: by its byte order mark or what its first bytes must be, else the charset of the answer, else what the document says of itself,
 * else UTF-8 where that fits, else windows-1252, which any bytes fit. An answer that is called UTF-8 and is not, as
 * servers do by default, is read as the document says of itself.
 */
export function decodeBody(answer: {
  readonly body: Uint8Array;
  readonly contentType: string | null;
}): string {
  const { body } = answer;
  const marked = markOf(body);
  const own = ownWord(body);
  const said = marked ?? charsetOf(answer.contentType) ?? own;
  const named = said === null ? null : decoderOf(said);
  const isBroken = marked === null && own !== null && named?.encoding === 'utf-8' && asUtf8(body) === null;
  const decoder = isBroken ? decoderOf(own) : named;
  // UTF-8 is often sent under the name of a single-byte encoding, and never fits by chance where letters are beyond ASCII.
  if (decoder && !(isSingleByte(decoder.encoding) && holdsLetters(body))) return decoder.decode(body);
  return asUtf8(body) ?? decoder?.decode(body) ?? new TextDecoder('windows-1252').decode(body);
}

function asUtf8(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return null;
  }
}

function isSingleByte(encoding: string): boolean {
  return /^(windows-125\d|iso-8859-\d+)$/.test(encoding);
}

function holdsLetters(body: Uint8Array): boolean {
  return body.some((byte) => byte > 0x7f);
}

/** Whether a text is a page for people where data was due. */
export function looksLikeHtml(text: string): boolean {
  const start = text
    .slice(0, 2000)
    .replace(/^\uFEFF/, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .trimStart();
  return /^(<\?xml[^>]*>\s*)?(<!doctype html|<html[\s>]|<head[\s>]|<body[\s>])/i.test(start);
}

function markOf(body: Uint8Array): string | null {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8';
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  // No text begins with a NUL on every other place but one of two bytes a letter.
  const [a, b, c, d] = body;
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  return a === 0 && b !== 0 && c === 0 && d !== 0 ? 'utf-16be' : null;
}

function charsetOf(contentType: string | null): string | null {
  return /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType ?? '')?.[1] ?? null;
}

/** The XML declaration or an HTML meta; both are written in ASCII, whatever follows. */
function ownWord(body: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(body.subarray(0, headBytes));
  return (
    /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1] ??
    /<meta[^>]+charset\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1] ??
    null
  );
}

function decoderOf(label: string): InstanceType<typeof TextDecoder> | null {
  try {
    return new TextDecoder(label.toLowerCase());
  } catch {
    // An encoding that nobody knows: the bytes decide.
    return null;
  }
}
