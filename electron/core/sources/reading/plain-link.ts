import type { RenditionLink } from '../../downloads/rendition-link.ts';
import type { AddressPolicy } from '../../http/http-client.ts';

/** An address as a link that does not run out, with what is known of the file behind it. */
export function plainLink(
  url: string,
  policy: AddressPolicy,
  known: Partial<Pick<RenditionLink, 'sizeBytes' | 'hash' | 'fileName' | 'headers'>> = {},
): RenditionLink {
  return {
    url,
    policy,
    sizeBytes: null,
    hash: null,
    etag: null,
    expiresAtMs: null,
    fileName: null,
    ...known,
  };
}
