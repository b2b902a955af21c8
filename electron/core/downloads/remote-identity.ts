/** What tells one state of a remote file from another. */
export interface RemoteIdentity {
  readonly sizeBytes: number | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** Whether an ETag is strong: only such a one promises that the bytes are the same. */
export function isStrongEtag(etag: string | null): etag is string {
  return etag !== null && /^"[^"]*"$/.test(etag);
}

/** What to put into If-Range, or null. A weak ETag must not stand there. */
export function ifRangeValue(identity: RemoteIdentity): string | null {
  return isStrongEtag(identity.etag) ? identity.etag : identity.lastModified;
}

/**
 * Whether a response speaks of the same state of the file. A validator that is missing on one side says nothing; when
 * both sides have an ETag, it alone decides.
 */
export function sameValidators(
  stored: RemoteIdentity,
  seen: Pick<RemoteIdentity, 'etag' | 'lastModified'>,
): boolean {
  if (stored.etag !== null && seen.etag !== null) return stored.etag === seen.etag;
  if (stored.lastModified !== null && seen.lastModified !== null) {
    return stored.lastModified === seen.lastModified;
  }
  return true;
}
