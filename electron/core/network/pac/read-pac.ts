import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { HttpFault, type HttpClient } from '../../http/http-client.ts';
import { pacPlace } from '../proxy-settings.ts';
import { PacFault } from './pac-fault.ts';

const mostBytes = 1024 * 1024;

/**
 * The text of a proxy script: from a file, or straight from a server of the house, which plain http and a private
 * address are usual for.
 *
 * @throws PacFault
 */
export async function readPac(place: string, http: HttpClient): Promise<string> {
  const at = pacPlace(place);
  if (at === null) throw new PacFault('The address of the proxy script is not usable.');
  if (typeof at === 'string' || at.protocol === 'file:') {
    return fromFile(typeof at === 'string' ? at : fileURLToPath(at));
  }
  return fromServer(at, http);
}

async function fromFile(path: string): Promise<string> {
  try {
    const found = await stat(path);
    // A device may have no end, and a pipe may never say anything.
    if (!found.isFile()) throw new PacFault(`The proxy script ${path} is not a file.`);
    if (found.size > mostBytes) throw new PacFault(`The proxy script ${path} is larger than a mebibyte.`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof PacFault) throw error;
    const { code = 'no reason given' } = error as NodeJS.ErrnoException;
    throw new PacFault(`The proxy script ${path} cannot be read (${code}).`);
  }
}

async function fromServer(url: URL, http: HttpClient): Promise<string> {
  try {
    const response = await http.request({
      url: url.href,
      policy: { insecureHttp: true, allowPrivate: true },
      headTimeoutMs: 10_000,
      idleTimeoutMs: 10_000,
    });
    if (response.status !== 200) {
      await response.discard();
      throw new PacFault(`The proxy script cannot be had: ${url.host} answers ${response.status}.`);
    }
    return new TextDecoder().decode(await response.bytes(mostBytes));
  } catch (error) {
    if (error instanceof HttpFault) throw new PacFault(`The proxy script cannot be had: ${error.message}`);
    throw error;
  }
}
