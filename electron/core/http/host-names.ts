import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** The host of a URL without brackets and without the dot that may end a name. */
export function plainHost(url: URL): string {
  return url.hostname.replaceAll(/[[\]]/g, '').replace(/\.$/, '').toLowerCase();
}

/** Names that mean this machine (RFC 6761, section 6.3). */
export function isLoopbackName(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost');
}

/** Whether an address lies in a subnet such as `10.0.0.0/8` or `fd00::/8`; false for whatever is neither. */
export function isInSubnet(address: string, subnet: string): boolean {
  const [net = '', prefix = ''] = subnet.split('/');
  const family = isIP(net);
  const bits = Number(prefix);
  if (family === 0 || isIP(address) !== family || !/^\d{1,3}$/.test(prefix)) return false;
  if (bits > (family === 6 ? 128 : 32)) return false;
  const type = family === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(net, bits, type);
  return list.check(address, type);
}

/** Every address of a name; none when it has none or the answer takes longer than `timeoutMs`. */
export async function addressesOf(host: string, timeoutMs: number): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly string[]>((resolve) => {
    timer = setTimeout(() => resolve([]), timeoutMs);
  });
  const asked = lookup(host, { all: true, verbatim: true }).then(
    (all) => all.map(({ address }) => address),
    () => [],
  );
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
