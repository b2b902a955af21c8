import { timingSafeEqual } from 'node:crypto';
import { PortalFailure } from '../portal-failure.ts';
import type { PortalKeys } from '../storage/portal-keys.ts';

/** What a link opens. */
export interface LinkTarget {
  readonly renditionId: string;
  readonly fileName: string;
}

/** Links that open one file for a short while. */
export interface SignedLinks {
  /** Path and query of a fresh link. */
  sign(target: LinkTarget): { path: string; expiresAtMs: number };
  /** Refuses with LINK_INVALID or LINK_EXPIRED; a link that was tampered with is never told to be merely late. */
  check(target: LinkTarget, query: { expires: string; signature: string }): void;
}

/** Signs with HMAC-SHA256 over what is opened and until when. */
export function createSignedLinks(deps: {
  keys: PortalKeys;
  lifetimeMs: number;
  now: () => number;
}): SignedLinks {
  const signatureOf = (target: LinkTarget, expires: string): string =>
    deps.keys.linkSignature(`${target.renditionId}\n${target.fileName}\n${expires}`);
  return {
    sign(target) {
      const expiresAtMs = deps.now() + deps.lifetimeMs;
      const expires = String(expiresAtMs);
      const query = new URLSearchParams({ expires, signature: signatureOf(target, expires) });
      const path = `/files/${encodeURIComponent(target.renditionId)}/${encodeURIComponent(target.fileName)}`;
      return { path: `${path}?${query.toString()}`, expiresAtMs };
    },
    check(target, { expires, signature }) {
      const expected = Buffer.from(signatureOf(target, expires));
      const found = Buffer.from(signature);
      if (found.length !== expected.length || !timingSafeEqual(found, expected)) {
        throw new PortalFailure('LINK_INVALID', 'The link is not one that this portal made.');
      }
      if (Number(expires) <= deps.now()) {
        throw new PortalFailure('LINK_EXPIRED', 'The link is past its time; ask for a fresh one.');
      }
    },
  };
}
