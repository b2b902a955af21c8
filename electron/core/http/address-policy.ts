import { BlockList, isIP } from 'node:net';
import { isLoopbackName, plainHost } from './host-names.ts';
import type { AddressPolicy } from './http-client.ts';

/** What kind of network an IP address belongs to. */
export type AddressClass = 'public' | 'loopback' | 'private' | 'link-local' | 'reserved';

/** Whether a request may go where it wants to; `why` is one sentence without secrets. */
export type AddressVerdict =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly why: string };

// 0.0.0.0 and :: reach the machine itself on Linux and macOS, so they count as loopback.
const ranges: ReadonlyArray<readonly [AddressClass, ...string[]]> = [
  ['loopback', '127.0.0.0/8', '0.0.0.0/8', '::1/128', '::/128'],
  ['link-local', '169.254.0.0/16', 'fe80::/10'],
  // 100.64.0.0/10 is carrier-grade NAT, fc00::/7 are the unique local addresses, fec0::/10 the site-local ones.
  ['private', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7', 'fec0::/10'],
  ['reserved', '192.0.0.0/24', '192.0.2.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ['reserved', '224.0.0.0/4', '240.0.0.0/4', 'ff00::/8', '100::/64', '2001:db8::/32'],
];

const lists = ranges.map(([name, ...subnets]) => {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [net = '', prefix = ''] = subnet.split('/');
    list.addSubnet(net, Number(prefix), net.includes(':') ? 'ipv6' : 'ipv4');
  }
  return { name, list };
});

/** Tells what an IP address is; IPv4 written inside IPv6 (mapped, NAT64, 6to4) counts as what it carries. */
export function classifyAddress(address: string): AddressClass {
  const plain = address.replace(/%.*$/, '');
  const family = isIP(plain);
  if (family === 0) return 'reserved';
  if (family === 6) {
    const inner = embeddedIpv4(plain);
    if (inner) return classifyAddress(inner);
  }
  const type = family === 6 ? 'ipv6' : 'ipv4';
  return lists.find((one) => one.list.check(plain, type))?.name ?? 'public';
}

/** Checks a URL before anything is looked up: scheme, credentials, plain http, and an address written as a number. */
export function checkUrl(text: string, policy: AddressPolicy): AddressVerdict {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url) return { ok: false, why: 'The address is not a URL.' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { ok: false, why: `Addresses of the kind ${url.protocol} are not fetched.` };
  }
  if (url.username !== '' || url.password !== '') {
    return { ok: false, why: `The address of ${url.hostname} carries a user name or password.` };
  }
  if (url.protocol === 'http:' && !policy.insecureHttp && !isLoopbackHost(url.hostname, policy)) {
    return { ok: false, why: `${url.hostname} is asked for over plain http.` };
  }
  const host = bareHost(url.hostname);
  if (isIP(host) !== 0) {
    const why = refusalOfAddress(host, { hostname: url.hostname, protocol: url.protocol, policy });
    if (why !== null) return { ok: false, why };
  }
  // Where a proxy looks names up, this one is all that can be said of them here (RFC 6761, section 6.3).
  const isOwnName = isLoopbackName(plainHost(url));
  if (isOwnName && !policy.allowPrivate && !isLoopbackHost(url.hostname, policy)) {
    return { ok: false, why: `${url.hostname} leads to a loopback address.` };
  }
  return { ok: true, url };
}

/** Why a connection to this resolved address is refused, or null when it may be made. */
export function refusalOfAddress(
  address: string,
  way: { readonly hostname: string; readonly protocol: string; readonly policy: AddressPolicy },
): string | null {
  const kind = classifyAddress(address);
  const own = isLoopbackHost(way.hostname, way.policy);
  if (way.protocol === 'http:' && !way.policy.insecureHttp && !(own && kind === 'loopback')) {
    return `${way.hostname} is asked for over plain http.`;
  }
  if (kind === 'public' || way.policy.allowPrivate || (own && kind === 'loopback')) return null;
  return `${way.hostname} leads to a ${kind} address.`;
}

function isLoopbackHost(hostname: string, policy: AddressPolicy): boolean {
  return (
    policy.loopbackHost !== undefined && bareHost(hostname) === bareHost(policy.loopbackHost.toLowerCase())
  );
}

function bareHost(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

function embeddedIpv4(address: string): string | null {
  const groups = ipv6Groups(address);
  const [a = 0, b = 0, c = 0] = groups;
  const tail = ipv4Of(groups[6] ?? 0, groups[7] ?? 0);
  const zeroUntil = (end: number): boolean => groups.slice(0, end).every((group) => group === 0);
  if (zeroUntil(5) && groups[5] === 0xffff) return tail;
  if (zeroUntil(6) && (groups[6] ?? 0) !== 0) return tail;
  if (a === 0x64 && b === 0xff9b) return tail;
  if (a === 0x2002) return ipv4Of(b, c);
  return null;
}

function ipv4Of(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

function ipv6Groups(address: string): number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const pair = (high: string | undefined, low: string | undefined): string =>
    (Number(high) * 256 + Number(low)).toString(16);
  const text = dotted ? `${dotted[1]}${pair(dotted[2], dotted[3])}:${pair(dotted[4], dotted[5])}` : address;
  const [head = '', rest] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = rest === undefined || rest === '' ? [] : rest.split(':');
  const zeros = rest === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array.from({ length: zeros }, () => '0'), ...right].map((group) =>
    Number.parseInt(group, 16),
  );
}
