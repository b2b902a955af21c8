import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { safeFileName } from '../files/safe-name.ts';
import { checkUrl } from '../http/address-policy.ts';
import type { AddressPolicy } from '../http/http-client.ts';
import type { DownloadRow, UrlOptions } from './download-row.ts';
import type { RenditionLink } from './rendition-link.ts';

/** Where header values are kept: sealed, outside the database. */
export interface DownloadSecrets {
  set(name: string, value: string): Promise<void>;
  get(name: string): Promise<string | null>;
  delete(name: string): Promise<void>;
}

/** The name under which the headers of a download are sealed. */
export function headersSecret(id: string): string {
  return `download:${id}:headers`;
}

/** What a plain address may reach. */
export function policyOf(options: UrlOptions): AddressPolicy {
  return {
    insecureHttp: options.insecureHttp ?? false,
    allowPrivate: options.allowPrivate ?? false,
  };
}

/**
 * Checks an address as far as it can be without asking anyone.
 *
 * @throws RushesError ADDRESS_REFUSED.
 */
export function assertUrl(url: string, options: UrlOptions): void {
  const checked = checkUrl(url, policyOf(options));
  if (!checked.ok) throw new RushesError('ADDRESS_REFUSED', checked.why);
}

/** A safe file name from the last part of an address. */
export function nameFromUrl(url: string): string {
  const last = new URL(url).pathname.split('/').findLast((part) => part !== '') ?? '';
  try {
    return safeFileName(decodeURIComponent(last));
  } catch {
    return safeFileName(last);
  }
}

/** Whether the last part of an address is no name of a known type. */
export function isNameless(url: string): boolean {
  return URL.canParse(url) && nameFromUrl(url).endsWith('.download');
}

/**
 * The link of a plain address: always itself.
 *
 * @throws RushesError SIGN_IN_NEEDED when it was added with headers, or a query, that are not there any more.
 */
export async function urlLink(row: DownloadRow, secrets: DownloadSecrets): Promise<RenditionLink> {
  const sealed = row.options.hasHeaders ? await secrets.get(headersSecret(row.id)) : '{}';
  if (row.options.addressKey !== undefined)
    throw new RushesError('SIGN_IN_NEEDED', 'The query of this address was not kept.');
  if (sealed === null)
    throw new RushesError('SIGN_IN_NEEDED', 'The headers given with this address are gone.');
  return {
    url: row.url ?? '',
    headers: JSON.parse(sealed) as Record<string, string>,
    policy: policyOf(row.options),
    sizeBytes: row.options.sizeBytes ?? null,
    hash: row.expectedHash,
    etag: null,
    expiresAtMs: null,
    fileName: null,
  };
}
