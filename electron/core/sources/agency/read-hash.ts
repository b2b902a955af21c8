import type { AgencyFile } from './agency-item.ts';

const lengths = { md5: 32, sha1: 40, sha256: 64 } as const;

/** A hash in lower-case hexadecimal, when its kind is one of ours and its length is right. */
export function readHash(kindText: string, valueText: string | null): AgencyFile['hash'] {
  const kind = kindText.toLowerCase().replaceAll(/[^a-z\d]/g, '');
  if (kind !== 'md5' && kind !== 'sha1' && kind !== 'sha256') return null;
  const value = (valueText ?? '').trim().toLowerCase();
  return /^[\da-f]+$/.test(value) && value.length === lengths[kind] ? { kind, value } : null;
}
