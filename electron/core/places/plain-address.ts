// Some hosts put their signatures into the path: `hdnea=exp=1~hmac=…`, `;jsessionid=…`, a JSON web token, or a long
// run without a gap, which no name for people is. An id that looks like that is lost with them.
const secretPart = /[=;~]|^eyJ|[a-z0-9_]{32,}/i;

/**
 * An address as it may be written down for others: no user, no query, no fragment, and no part of the path that looks
 * like a signature. Null for what is no web address.
 */
export function plainAddress(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const { protocol, host, pathname } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  const path = pathname
    .split('/')
    .map((part) => (secretPart.test(decoded(part)) ? '-' : part))
    .join('/');
  return `${protocol}//${host}${path}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
