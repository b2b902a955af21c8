/** Parameters that change from reading to reading, or say who is looking; they are no part of what is named. */
const fleeting =
  /^(utm_.*|fbclid|gclid|mc_[ce]id|latest|selectedlocale|sessionid|jsessionid|phpsessid|token|access_token|signature|sig|expires|policy|key-pair-id|x-amz-.*|x-goog-.*|hdnts|hdnea|cb|cachebust(er)?|_|ts|timestamp|nocache|api_key|apikey)$/i;

/**
 * An address that may be asked or opened: http or https, made whole against where it stood, spaces and accents
 * escaped. One with a name and password, or of another scheme, is null.
 */
export function webAddress(text: unknown, base?: string): string | null {
  if (typeof text !== 'string') return null;
  // An ampersand that was escaped once too often is found in many feeds, and never meant.
  const trimmed = text
    .replace(/\p{Cc}/gu, '')
    .replaceAll('&amp;', '&')
    .trim();
  if (trimmed === '' || trimmed.length > 4000) return null;
  const url = URL.parse(trimmed, base) ?? (trimmed.startsWith('//') ? URL.parse(`https:${trimmed}`) : null);
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') return null;
  return url.username === '' && url.password === '' ? url.href : null;
}

/**
 * What an address names, in one spelling: without tracking, signatures, session, fragment and default port, its
 * parameters sorted, http and https alike. For comparing only; it is never asked.
 */
export function sameAddress(address: string): string {
  const url = URL.parse(address.trim());
  if (!url) return address.trim();
  const kept = [...url.searchParams].filter(([name]) => !fleeting.test(name));
  kept.sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)));
  const query = new URLSearchParams(kept).toString();
  const path = withoutEndSlashes(oneSpelling(url.pathname.replace(/;jsessionid=[^/]*/i, '')));
  const scheme = /^https?:$/.test(url.protocol) ? 'https:' : url.protocol;
  return `${scheme}//${url.host}${path}${query === '' ? '' : `?${query}`}`;
}

/** The last part of an address's path as a file name, decoded; null when there is none. */
export function fileNameOf(address: string): string | null {
  const last = URL.parse(address)?.pathname.split('/').at(-1) ?? '';
  if (last === '') return null;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** Escapes in capitals, and none where none is needed: `%27` and `'`, `%c3` and `%C3` name the same. */
function oneSpelling(path: string): string {
  return path.replace(/%[\da-f]{2}/gi, (escaped) => {
    const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    return /[\w\-.~!'()*]/.test(character) ? character : escaped.toUpperCase();
  });
}

/** Not by a pattern: over a long run of slashes in the middle of a path one takes the square of its length. */
function withoutEndSlashes(path: string): string {
  let end = path.length;
  while (path.charAt(end - 1) === '/') end--;
  return path.slice(0, end);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
