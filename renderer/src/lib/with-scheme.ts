const thisMachine = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|\/|$)/i;

/**
 * The address as a URL: people type a host as they say it. Only one on this machine is spoken to without encryption
 * unasked.
 */
export function withScheme(address: string): string {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(address)) return address;
  return `${thisMachine.test(address) ? 'http' : 'https'}://${address}`;
}
