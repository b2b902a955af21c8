import type { Hop } from '../http/way-out.ts';

/**
 * Reads what a proxy script or the operating system answers: `PROXY a:8080; HTTPS b:443; DIRECT`.
 *
 * What Rushes cannot speak (SOCKS) is left out; an empty list means that nothing was left.
 */
export function readProxyList(text: string): readonly Hop[] {
  return text.split(';').flatMap((part): readonly Hop[] => {
    const [kind = '', at = ''] = part.trim().split(/\s+/);
    const word = kind.toUpperCase();
    if (word === 'DIRECT') return [{ kind: 'direct' }];
    const scheme = word === 'HTTPS' ? 'https' : word === 'PROXY' || word === 'HTTP' ? 'http' : null;
    const url = scheme === null ? null : proxyUrl(`${scheme}://${at}`);
    return url === null ? [] : [{ kind: 'proxy', url }];
  });
}

/** A proxy's address as `scheme://host:port`, without credentials or path; null when it is none. `host:port` is http. */
export function proxyUrl(text: string): string | null {
  const parsed = parseProxy(text);
  return parsed === null ? null : `${parsed.protocol}//${parsed.host}`;
}

/** The name and password that a proxy's address carries, as in HTTP_PROXY. */
export function proxyUrlCredentials(text: string): { user: string; password: string } | null {
  const parsed = parseProxy(text);
  if (parsed === null || parsed.username === '') return null;
  try {
    return { user: decodeURIComponent(parsed.username), password: decodeURIComponent(parsed.password) };
  } catch {
    return { user: parsed.username, password: parsed.password };
  }
}

function parseProxy(text: string): URL | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  return url && url.hostname !== '' && /^https?:$/.test(url.protocol) ? url : null;
}
