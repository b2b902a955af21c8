import { networkInterfaces } from 'node:os';

/** Whether this machine has an address that others could reach it by; link-local ones come without any network. */
export function hasNetwork(interfaces: ReturnType<typeof networkInterfaces> = networkInterfaces()): boolean {
  return Object.values(interfaces)
    .flat()
    .some((one) => one !== undefined && !one.internal && !/^(fe[89ab]|169\.254\.)/i.test(one.address));
}

/** Whether a host, with its port or without, is this machine itself, which needs no network. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
  );
}
