const thisMachine = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|\/|$)/i;

/** The whole path of a folder: on Unix, on a Windows drive, on a share. */
const folder = /^(\/(?!\/)|[a-z]:[\\/]|\\\\)/i;

/**
 * The address as a URL, and the path of a folder as it is: people type a host as they say it. Only one on this machine is spoken to without encryption
 * unasked.
 */
export function withScheme(address: string): string {
  if (folder.test(address) || /^[a-z][a-z\d+.-]*:\/\//i.test(address)) return address;
  return `${thisMachine.test(address) ? 'http' : 'https'}://${address}`;
}
