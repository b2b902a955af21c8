import { isInSubnet, isLoopbackName, plainHost } from './host-names.ts';

/**
 * Whether a list in the form of NO_PROXY names a host: `*`, `host`, `.suffix`, `*.suffix`, an address, a subnet as
 * `10.0.0.0/8`, any of them with `:port`, and `<local>` for names without a dot. Commas, semicolons and blanks part
 * the entries; case does not count. A plain `host` names its subdomains too, as curl reads it.
 */
export function isBypassed(url: URL, list: string): boolean {
  const host = plainHost(url);
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return list
    .toLowerCase()
    .split(/[\s,;]+/)
    .map((entry) => entry.replace(/^[a-z]+:\/\//, ''))
    .some((entry) => entry !== '' && names(entry, host, port));
}

/** Hosts that no proxy can reach for us: this machine's own. */
export function isOwnMachine(url: URL): boolean {
  const host = plainHost(url);
  return isLoopbackName(host) || isInSubnet(host, '127.0.0.0/8') || host === '::1';
}

function names(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  if (entry === '<local>') return !host.includes('.') && !host.includes(':');
  if (entry.includes('/')) return isInSubnet(host, entry);
  const { name, port: wanted } = splitPort(entry);
  if (wanted !== null && wanted !== port) return false;
  if (name.startsWith('*.')) return host.endsWith(name.slice(1));
  if (name.startsWith('.')) return host.endsWith(name) || host === name.slice(1);
  if (name.includes('*')) return asPattern(name).test(host);
  return host === name || host.endsWith(`.${name}`);
}

/** IPv6 has colons of its own, so its port stands behind brackets. */
function splitPort(entry: string): { name: string; port: string | null } {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(entry);
  if (bracketed) return { name: bracketed[1] ?? '', port: bracketed[2] ?? null };
  const plain = /^([^:]+):(\d+)$/.exec(entry);
  return plain ? { name: plain[1] ?? '', port: plain[2] ?? null } : { name: entry, port: null };
}

function asPattern(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/\*+/g, '.*')}$`);
}
