import type { RenditionLink } from '../../downloads/rendition-link.ts';
import type { AddressPolicy } from '../../http/http-client.ts';
import { fileNameOf, sameAddress } from '../reading/addresses.ts';

/**
 * Whether an address says where a file is and nothing of who may have it until when: then it needs no asking anew.
 * What the identity of an address leaves out is signatures, tracking and stamps.
 */
export function isPlainAddress(address: string): boolean {
  return new URL(address).searchParams.size === new URL(sameAddress(address)).searchParams.size;
}

/** The list of a stream is no file of it. */
export function isStream(address: string): boolean {
  return /\.(m3u8|mpd|ism)(\/manifest)?$/i.test(new URL(address).pathname);
}

/** A plain address as a link. */
export function plainLink(address: string, policy: AddressPolicy): RenditionLink {
  return {
    url: address,
    policy,
    sizeBytes: null,
    hash: null,
    etag: null,
    expiresAtMs: null,
    fileName: fileNameOf(address),
  };
}
