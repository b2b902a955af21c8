import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { FoundItem, ItemApi } from '../json-api/item-api.ts';
import { isObject } from '../reading/read-json.ts';
import type { DvidsClient } from './dvids-client.ts';
import { listWindows, readSearch, type SearchPage } from './dvids-listing.ts';
import { toDvidsAsset } from './dvids-mapping.ts';
import { dvidsEndpoints } from './endpoints.ts';

/** DVIDS as an API that lists ids and tells of each item by itself. */
export function createDvidsApi(deps: {
  client: DvidsClient;
  filters: Readonly<Record<string, string>>;
  now: () => number;
}): ItemApi {
  const { client, filters } = deps;
  const searchQuery = (more: Record<string, string>): Record<string, string> => ({
    ...filters,
    type: 'video',
    max_results: String(dvidsEndpoints.pageSize),
    ...more,
  });
  const item = async (id: string, signal: AbortSignal): Promise<FoundItem> => {
    try {
      const { json } = await client.get({ path: dvidsEndpoints.assetPath, query: { id }, signal });
      const told = [json?.['results'] ?? []].flat()[0];
      if (!isObject(told)) return { kind: 'odd', why: 'DVIDS tells nothing of it.' };
      const asset = toDvidsAsset(id, told);
      return asset === null ? { kind: 'odd', why: 'It has no title.' } : { kind: 'asset', asset };
    } catch (error) {
      const found = foundByError(error);
      if (found === null) throw error;
      // A 403 is said of an unpublished item and of a refused key alike: a key that can still search is not refused.
      if (found.kind === 'gone') await proveKey(client, signal);
      return found;
    }
  };
  return {
    item,
    list: (place, signal) =>
      listWindows(
        (window, page) => askWindow({ client, searchQuery, signal }, window, page),
        place,
        deps.now(),
      ),
    changes: async ({ place, known }, signal) => {
      const page = typeof place === 'number' ? place : 1;
      const query = searchQuery({ sort: 'timestamp', sortdir: 'desc', page: String(page) });
      const path = dvidsEndpoints.searchPath;
      const answer = await client.get({ path, query, signal, ...(known ? { known } : {}) });
      if (answer.json === null) return { kind: 'same', total: null };
      const { items, total, pageSize } = readSearch(answer.json);
      const more = page * pageSize < total;
      const cutOff = more && (page + 1) * pageSize > dvidsEndpoints.depth;
      return {
        kind: 'page',
        items,
        next: more && !cutOff ? page + 1 : null,
        // A count that is exactly the depth may be a count cut off there.
        total: total === dvidsEndpoints.depth ? null : total,
        validators: answer.validators,
        cutOff,
      };
    },
  };
}

/** What an error says of one item; null when it says nothing of the item. */
function foundByError(error: unknown): FoundItem | null {
  if (!(error instanceof RushesError)) return null;
  const { code, facts } = error;
  if (code === 'NOT_FOUND') return { kind: 'gone', reason: 'DVIDS has it no more.' };
  if (code === 'KEY_NEEDED') return { kind: 'gone', reason: 'DVIDS has unpublished it.' };
  const status = /^status 400\b/.test(facts.detail ?? '');
  return code === 'SOURCE_UNAVAILABLE' && status ? { kind: 'odd', why: error.message } : null;
}

async function proveKey(client: DvidsClient, signal: AbortSignal): Promise<void> {
  const query = { type: 'video', max_results: '1' };
  await client.get({ path: dvidsEndpoints.searchPath, query, signal });
}

async function askWindow(
  deps: {
    client: DvidsClient;
    searchQuery: (more: Record<string, string>) => Record<string, string>;
    signal: AbortSignal;
  },
  window: readonly [number, number],
  page: number,
): Promise<SearchPage> {
  const stamp = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
  const query = deps.searchQuery({
    from_publishdate: stamp(window[0]),
    to_publishdate: stamp(window[1]),
    sort: 'publishdate',
    sortdir: 'asc',
    page: String(page),
  });
  const { json } = await deps.client.get({ path: dvidsEndpoints.searchPath, query, signal: deps.signal });
  return readSearch(json ?? {});
}
