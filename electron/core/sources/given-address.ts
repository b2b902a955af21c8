import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { AddressPolicy } from '../http/http-client.ts';

/** What a person gave as a source: an address, or a folder of this machine. */
export interface GivenAddress {
  readonly url: URL;
  readonly folder: string | null;
}

/** Reads an address or a folder. @throws RushesError USAGE with what is wrong with it. */
export function readGivenAddress(text: string): GivenAddress {
  const trimmed = text.trim();
  if (isAbsolute(trimmed)) return aFolder(trimmed);
  const url = URL.parse(trimmed);
  if (!url) {
    throw new RushesError(
      'USAGE',
      `"${text}" is not an address; it should look like https://portal.example, or be the whole path of a folder.`,
    );
  }
  if (url.protocol === 'file:') return aFolder(pathOf(url));
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new RushesError('USAGE', `A source is reached by https, not by ${url.protocol.slice(0, -1)}.`);
  }
  if (url.username || url.password)
    throw new RushesError('USAGE', 'An address must not hold a name or password.');
  url.hash = '';
  return { url, folder: null };
}

/** The path behind a file address. One of another machine is none here, nor is one with an escaped slash. */
function pathOf(url: URL): string {
  try {
    return fileURLToPath(url);
  } catch {
    throw new RushesError('USAGE', `${url.href} is not a folder of this machine.`);
  }
}

function aFolder(path: string): GivenAddress {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new RushesError('USAGE', `${path} is not a folder of this machine.`);
  }
  return { url: pathToFileURL(path), folder: path };
}

/** What the user has allowed a source to reach. */
export interface Reach {
  readonly insecureHttp: boolean;
  readonly allowPrivate: boolean;
}

/** A source whose own address is loopback may use http and loopback by itself; all else needs the user's word. */
export function policyFor(config: Reach & { readonly url: string }): AddressPolicy {
  const { hostname } = new URL(config.url);
  const loopback = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  return {
    insecureHttp: config.insecureHttp,
    allowPrivate: config.allowPrivate,
    ...(loopback ? { loopbackHost: hostname } : {}),
  };
}
