import { v5 } from 'uuid';

/**
 * The id of something a source owns, made from the source's id and the source's own name for it.
 *
 * The catalogue can be thrown away and synced again, and everything a person tied to an asset still finds it.
 */
export function stableId(
  sourceId: string,
  kind: 'asset' | 'rendition' | 'event',
  externalId: string,
): string {
  return v5(`${kind}:${externalId}`, sourceId);
}
