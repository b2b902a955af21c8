/** A header longer than this names no file. */
const longestHeader = 4096;
// A token, or a quoted text in which a backslash makes the next character plain.
const parameter = /;\s*([!#$%&'*+\-.^_`|~0-9a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))\s*/giy;
const extended = /^(utf-8|iso-8859-1)'[a-z0-9-]*'((?:%[0-9a-f]{2}|[!#$&+\-.^_`|~0-9a-z])*)$/i;

/**
 * The file name that a Content-Disposition header suggests (RFC 6266): `filename*` where it is well formed, else
 * `filename`. It is a stranger's text, never a path and never safe by itself. Null when the header names none or
 * cannot be read to its end.
 */
export function dispositionName(header: string | undefined): string | null {
  if (header === undefined || header.length > longestHeader) return null;
  const kind = /^\s*[!#$%&'*+\-.^_`|~0-9a-z]+\s*(?=;)/i.exec(header)?.[0];
  if (kind === undefined) return null;
  const found = new Map<string, string>();
  let at = kind.length;
  while (at < header.length && !/^[\s;]*$/.test(header.slice(at))) {
    parameter.lastIndex = at;
    const match = parameter.exec(header);
    if (match === null) return null;
    const [, name = '', quoted, token = ''] = match;
    const key = name.toLowerCase();
    // Said twice, it says nothing.
    if (found.has(key)) return null;
    found.set(key, quoted === undefined ? token : quoted.replace(/\\(.)/g, '$1'));
    at = parameter.lastIndex;
  }
  const name = decoded(found.get('filename*')) ?? asUtf8(found.get('filename') ?? '');
  return name.trim() === '' ? null : name;
}

function decoded(value: string | undefined): string | null {
  const match = extended.exec(value ?? '');
  if (match === null) return null;
  const [, charset = '', text = ''] = match;
  const bytes = Buffer.from(
    text.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
  return charset.toLowerCase() === 'utf-8' ? strictUtf8(bytes) : bytes.toString('latin1');
}

/** Headers come as one character a byte; many servers put plain UTF-8 there all the same. */
function asUtf8(value: string): string {
  if (!/[\u0080-\u00ff]/.test(value) || /[\u0100-\uffff]/.test(value)) return value;
  return strictUtf8(Buffer.from(value, 'latin1')) ?? value;
}

function strictUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
