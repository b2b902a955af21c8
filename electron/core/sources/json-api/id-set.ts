import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** The bytes a set may unfold to: a cursor is our own, but it has lain on a disk. */
const largestSetBytes = 16 * 1024 * 1024;

/** A set of ids as short text, to be kept in a cursor. The order of adding leaves no trace. */
export function packIds(ids: ReadonlySet<string>): string {
  const sorted = [...ids].toSorted();
  return deflateRawSync(Buffer.from(JSON.stringify(sorted)), { level: 9 }).toString('base64url');
}

/** The set again; null when the text is none. */
export function unpackIds(packed: string): Set<string> | null {
  try {
    const bytes = inflateRawSync(Buffer.from(packed, 'base64url'), { maxOutputLength: largestSetBytes });
    const ids: unknown = JSON.parse(bytes.toString('utf8'));
    return Array.isArray(ids) && ids.every((id) => typeof id === 'string') ? new Set(ids) : null;
  } catch {
    return null;
  }
}
