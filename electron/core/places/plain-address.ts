// `hdnea=exp=1~hmac=…`, `;jsessionid=…`: some hosts put their signatures into the path.
const secretPart = /[=;~]/;

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
    .map((part) => (secretPart.test(part) ? '-' : part))
    .join('/');
  return `${protocol}//${host}${path}`;
}
