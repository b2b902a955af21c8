import { hash } from 'node:crypto';

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * The id of something a source owns, made from the source's id and the source's own name for it.
 *
 * The catalogue can be thrown away and synced again, and everything a person tied to an asset still finds it. It is a
 * UUID of version 5 (RFC 9562) whose name space is the source's id.
 */
export function stableId(
  sourceId: string,
  kind: 'asset' | 'rendition' | 'event',
  externalId: string,
): string {
  const name = `${kind}:${externalId}`;
  const space = sourceId.replaceAll('-', '');
  const bytes = Buffer.allocUnsafe(16 + Buffer.byteLength(name));
  if (bytes.write(space, 0, 16, 'hex') !== 16 || space.length !== 32)
    throw new TypeError(`A source's id is a UUID, and ${sourceId} is none.`);
  bytes.write(name, 16);
  return asUuid(hash('sha1', bytes, 'buffer'));
}

function asUuid(digest: Buffer): string {
  let text = '';
  for (let at = 0; at < 16; at++) {
    const byte = digest[at] ?? 0;
    const marked = at === 6 ? (byte & 0x0f) | 0x50 : at === 8 ? (byte & 0x3f) | 0x80 : byte;
    text += (at === 4 || at === 6 || at === 8 || at === 10 ? '-' : '') + (hex[marked] ?? '');
  }
  return text;
}
