import { isAbsolute } from 'node:path';
import type { ProxySettings } from '../../../shared/contract/system.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { readCertificateFile } from '../http/certificate-file.ts';
import { proxyUrl, proxyUrlCredentials } from './proxy-list.ts';

/** What of the settings is about the network. */
export interface NetworkSettings {
  readonly proxy?: ProxySettings | undefined;
  readonly certificateFile?: string | undefined;
}

/**
 * Refuses network settings that cannot work, in one sentence, where they are made.
 *
 * @throws RushesError USAGE.
 */
export function checkNetworkSettings({ proxy, certificateFile }: NetworkSettings): void {
  if (proxy?.mode === 'manual') checkManual(proxy);
  if (proxy?.mode === 'pac' && pacPlace(proxy.pacUrl) === null) {
    throw new RushesError(
      'USAGE',
      'The proxy script must be given by an http or https address or by the full path of a file.',
    );
  }
  if (certificateFile !== undefined && certificateFile !== '') {
    const read = readCertificateFile(certificateFile);
    if (!read.ok) throw new RushesError('USAGE', read.why);
  }
}

/** Where a proxy script lies: an address, or the full path of a file; null when it is neither. */
export function pacPlace(text: string): URL | string | null {
  const given = text.trim();
  if (isAbsolute(given)) return given;
  const url = URL.canParse(given) ? new URL(given) : null;
  return url && /^(https?|file):$/.test(url.protocol) && url.username === '' ? url : null;
}

function checkManual({ url }: ProxySettings): void {
  if (/^socks/i.test(url.trim())) {
    throw new RushesError('USAGE', 'SOCKS proxies are not supported: give an http or https proxy.');
  }
  if (proxyUrl(url) === null) {
    throw new RushesError('USAGE', 'The proxy must be given as http://host:port or https://host:port.');
  }
  if (proxyUrlCredentials(url) !== null) {
    throw new RushesError('USAGE', 'The address of the proxy must not carry a name or password.', {
      hint: 'They have fields of their own, and the password is kept sealed.',
    });
  }
}
