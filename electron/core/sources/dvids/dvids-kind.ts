import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { readItems } from '../json-api/read-items.ts';
import { isObject } from '../reading/read-json.ts';
import { plainLink } from '../reading/plain-link.ts';
import { readPicture } from '../reading/read-picture.ts';
import { oneLine } from '../reading/words.ts';
import type {
  CatalogueSource,
  Look,
  RenditionRef,
  SourceContext,
  SourceDescription,
  SourceKind,
} from '../source-model.ts';
import type { RenditionLink } from '../../downloads/rendition-link.ts';
import { readDvidsAddress, type DvidsAddress } from './dvids-address.ts';
import { createDvidsApi } from './dvids-api.ts';
import { createDvidsClient } from './dvids-client.ts';
import { readSearch } from './dvids-listing.ts';
import { dvidsEndpoints } from './endpoints.ts';

/** DVIDS, a unit's channel or a search of it, with the user's own API key. NATO's unit is "Natochannel". */
export function createDvidsKind(): SourceKind {
  return { kind: 'dvids', needsAccount: false, takesKey: true, describe, open };
}

async function describe(look: Look): Promise<SourceDescription | null> {
  const address = look.folder === null ? readDvidsAddress(look.url) : null;
  if (address === null) return null;
  // A mirror is known by what its API says to the key that was given for it; a feed of DVIDS can be read as a feed.
  if (look.key === null && (!address.official || address.isFeed)) return null;
  const { key } = look;
  const client = createDvidsClient({ ask: look.ask, base: address.base, key: async () => key });
  try {
    const query = { ...address.filters, type: 'video', max_results: '1' };
    const { json } = await client.get({ path: dvidsEndpoints.searchPath, query, signal: look.signal });
    const { total } = readSearch(json ?? {});
    const [first] = [json?.['results'] ?? []].flat();
    const unitName = isObject(first) ? oneLine(first['unit_name']) : null;
    return describeFound(address, { total, unitName });
  } catch (error) {
    const code = error instanceof RushesError ? error.code : null;
    if (address.official || code === 'KEY_NEEDED' || code === 'CANCELLED') throw error;
    return null;
  }
}

function describeFound(
  { filters, official, url, base }: DvidsAddress,
  { total, unitName }: { total: number; unitName: string | null },
): SourceDescription {
  const { unit, unit_id: unitId, q } = filters;
  const channel = unit ?? (unitId === undefined ? null : (unitName ?? unitId));
  const what =
    channel === null
      ? `A DVIDS search for "${q ?? Object.values(filters).join(', ')}"`
      : `The DVIDS channel "${channel}"`;
  const named = channel === null ? (q ?? Object.values(filters).join(', ')) : (unitName ?? channel);
  const count = total === 0 ? 'that lists no video yet' : `with ${total} ${total === 1 ? 'video' : 'videos'}`;
  const identity = JSON.stringify(Object.entries(filters).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return {
    name: `DVIDS: ${named}`,
    url,
    instanceId: official ? `dvids:${identity.toLowerCase()}` : null,
    how: `${what} ${count}, read through the DVIDS API with your key.`,
    settings: { ...filters, base },
  };
}

function open(context: SourceContext): CatalogueSource {
  const { base = dvidsEndpoints.api, ...filters } = context.config.settings;
  const client = createDvidsClient({ ask: context.ask, base, key: context.key });
  const api = createDvidsApi({ client, filters, now: context.now });
  const renew = async (ref: RenditionRef, signal: AbortSignal): Promise<RenditionLink> => {
    const id = ref.assetExternalId ?? ref.externalId.slice(0, ref.externalId.lastIndexOf('/'));
    const found = await api.item(id, signal);
    if (found.kind === 'gone') throw new RushesError('WITHDRAWN', found.reason);
    const file =
      found.kind === 'asset'
        ? found.asset.renditions.find((one) => one.externalId === ref.externalId)
        : undefined;
    if (file === undefined || file.address === null) {
      throw new RushesError('NOT_FOUND', 'DVIDS no longer offers this file.');
    }
    const { address, sizeBytes, fileName } = file;
    return plainLink(address, context.policy, { sizeBytes, fileName });
  };
  return {
    changedSince: (cursor, signal) => readItems({ api, of: 'dvids', now: context.now }, cursor, signal),
    renew,
    readPicture: (url, signal) => readPicture(context.ask, { url }, signal),
  };
}
