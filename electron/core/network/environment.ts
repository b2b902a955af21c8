import { isBypassed } from '../http/bypass.ts';
import type { ProxyCredentials } from '../http/way-out.ts';
import { proxyUrl, proxyUrlCredentials } from './proxy-list.ts';

/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment says of an address: a proxy, straight on purpose, or nothing. */
export type FromEnvironment =
  | { readonly kind: 'proxy'; readonly url: string; readonly credentials: ProxyCredentials | null }
  | { readonly kind: 'direct' }
  | { readonly kind: 'silent' };

/** The variables that name a proxy, as they are set. */
export function proxyVariables(environment: Environment): readonly string[] {
  const names = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap((name) => [name.toLowerCase(), name]);
  return names.filter((name) => environment[name]);
}

/** Reads HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, in lower case too; lower case counts first, as in curl. */
export function proxyFromEnvironment(url: URL, environment: Environment): FromEnvironment {
  const value = (name: string): string => environment[name.toLowerCase()] || environment[name] || '';
  const set = value(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') || value('ALL_PROXY');
  if (set === '') return { kind: 'silent' };
  if (isBypassed(url, value('NO_PROXY'))) return { kind: 'direct' };
  const proxy = proxyUrl(set);
  return proxy === null
    ? { kind: 'silent' }
    : { kind: 'proxy', url: proxy, credentials: proxyUrlCredentials(set) };
}
