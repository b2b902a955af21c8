import type { HashKind } from '../files/hash-file.ts';
import type { AddressPolicy } from '../http/http-client.ts';

/** A hash that the source promises, lower-case hexadecimal. */
export interface PromisedHash {
  readonly kind: HashKind;
  readonly value: string;
}

/** Where the bytes of a rendition are for now, and what they are to be. */
export interface RenditionLink {
  readonly url: string;
  /** Sent to this origin only; a redirect elsewhere goes without them. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly policy: AddressPolicy;
  readonly sizeBytes: number | null;
  readonly hash: PromisedHash | null;
  readonly etag: string | null;
  /** When the address ends to work, by this machine's clock; null when it does not. */
  readonly expiresAtMs: number | null;
  readonly fileName: string | null;
}
