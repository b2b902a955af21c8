import type { HttpRequest } from '../http-client.ts';

const name = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const value = /^[\t\x20-\x7e\x80-\xff]*$/;
// Whoever sets one of these wants something special of the connection, and gets the plain client.
const special = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** A GET as it goes over the wire; null when it is not a plain one. Pure. */
export function requestText(request: HttpRequest, url: URL, userAgent: string): string | null {
  if ((request.method ?? 'GET') !== 'GET' || request.json !== undefined) return null;
  const headers = new Map([['user-agent', userAgent]]);
  for (const [key, text] of Object.entries(request.headers ?? {})) headers.set(key.toLowerCase(), text);
  headers.set('accept-encoding', 'identity');
  const lines: string[] = [];
  for (const [key, text] of headers) {
    if (special.has(key) || !name.test(key) || !value.test(text)) return null;
    lines.push(`${key}: ${text}`);
  }
  const path = `${url.pathname}${url.search}`;
  if (!/^\/[\x21-\x7e]*$/.test(path)) return null;
  return `GET ${path} HTTP/1.1\r\nhost: ${url.host}\r\nconnection: keep-alive\r\n${lines.join('\r\n')}\r\n\r\n`;
}
