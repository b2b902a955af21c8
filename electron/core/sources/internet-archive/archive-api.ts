import type { ItemApi } from '../json-api/item-api.ts';
import type { ArchiveClient } from './archive-client.ts';
import { readArchiveItem } from './archive-mapping.ts';
import { archiveEndpoints } from './endpoints.ts';

/** What a source of the Archive is: one item, or all films that a search finds. */
export type ArchiveWish = { readonly item: string } | { readonly query: string };

/** The films of a search and nothing else that it finds. */
export function filmsOf(query: string): string {
  return `(${query}) AND ${archiveEndpoints.films}`;
}

/** The Archive as an API that lists ids and tells of each item by itself. */
export function createArchiveApi(deps: { client: ArchiveClient; base: string; wish: ArchiveWish }): ItemApi {
  const { client, base, wish } = deps;
  const item: ItemApi['item'] = async (id, signal) =>
    readArchiveItem(base, id, await client.metadata(id, signal));
  if ('item' in wish) {
    // A list of one, of which every reading is news.
    const items = [{ id: wish.item, changedAtMs: null }];
    const validators = { etag: null, lastModified: null };
    return {
      item,
      list: async () => ({ items, next: null, total: 1, failures: [] }),
      changes: async () => ({ kind: 'page', items, next: null, total: 1, validators, cutOff: false }),
    };
  }
  const query = filmsOf(wish.query);
  return {
    item,
    list: async (place, signal) => {
      const cursor = typeof place === 'string' ? place : null;
      const page = await client.scrape({ query, cursor, known: null }, signal);
      return { items: page?.items ?? [], next: page?.next ?? null, total: page?.total ?? null, failures: [] };
    },
    changes: async ({ ms, place, known }, signal) => {
      const since = new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
      const changed = `${query} AND ${archiveEndpoints.changedField}:[${since} TO null]`;
      const cursor = typeof place === 'string' ? place : null;
      const page = await client.scrape({ query: changed, cursor, known }, signal);
      // The count of all is asked for once, behind the last page of the changes.
      const total = page === null || page.next === null ? await client.count(query, signal) : null;
      if (page === null) return { kind: 'same', total };
      const { items, next, validators } = page;
      return { kind: 'page', items, next, total, validators, cutOff: false };
    },
  };
}
