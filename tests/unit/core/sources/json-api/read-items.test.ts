import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { RushesError } from '../../../../../shared/errors/rushes-error.ts';
import type { FoundItem, ItemApi } from '../../../../../electron/core/sources/json-api/item-api.ts';
import { readItems } from '../../../../../electron/core/sources/json-api/read-items.ts';
import { anEmptyAsset } from '../../../../../electron/core/sources/reading/assets.ts';
import type { SourcePage } from '../../../../../electron/core/sources/source-model.ts';

const dayMs = 24 * 3_600_000;
const start = Date.UTC(2025, 8, 1);

/** A source in memory: what it lists, what it has, and what goes wrong. */
interface Played {
  /** Id and time of the last change. */
  items: Map<string, number>;
  /** Listed no more by a search index with gaps, and there all the same. */
  unlisted: Set<string>;
  odd: Set<string>;
  pageSize: number;
  /** Items that a list of changes shows at most. */
  deepest: number;
  asked: string[];
  nowMs: number;
}

function play(count: number): Played {
  const items = new Map(Array.from({ length: count }, (_, n) => [`v${n + 1}`, start + n * dayMs]));
  const rest = { unlisted: new Set<string>(), odd: new Set<string>(), pageSize: 4, deepest: 1000 };
  return { items, ...rest, asked: [], nowMs: start + 100 * dayMs };
}

function apiOf(played: Played): ItemApi {
  const listed = (): { id: string; changedAtMs: number }[] =>
    [...played.items]
      .filter(([id]) => !played.unlisted.has(id))
      .map(([id, changedAtMs]) => ({ id, changedAtMs }));
  const slice = (all: { id: string; changedAtMs: number }[], place: unknown) => {
    const from = typeof place === 'number' ? place : 0;
    const items = all.slice(from, from + played.pageSize);
    return { items, behind: from + items.length, more: from + items.length < all.length };
  };
  return {
    list: async (place) => {
      played.asked.push('list');
      const { items, behind, more } = slice(listed(), place);
      return { items, next: more ? behind : null, total: listed().length, failures: [] };
    },
    changes: async ({ place }) => {
      played.asked.push('changes');
      const newest = listed().toSorted((a, b) => b.changedAtMs - a.changedAtMs);
      const { items, behind, more } = slice(newest, place);
      const cutOff = more && behind >= played.deepest;
      const validators = { etag: null, lastModified: null };
      return {
        kind: 'page',
        items,
        next: more && !cutOff ? behind : null,
        total: newest.length,
        validators,
        cutOff,
      };
    },
    item: async (id): Promise<FoundItem> => {
      played.asked.push(id);
      const changedAtMs = played.items.get(id);
      if (changedAtMs === undefined) return { kind: 'gone', reason: 'unpublished' };
      if (played.odd.has(id)) return { kind: 'odd', why: 'no title' };
      return {
        kind: 'asset',
        asset: anEmptyAsset({ externalId: id, title: id, version: String(changedAtMs) }),
      };
    },
  };
}

async function run(
  played: Played,
  cursor: string | null,
  most = Number.POSITIVE_INFINITY,
): Promise<SourcePage[]> {
  const pages: SourcePage[] = [];
  const deps = { api: apiOf(played), now: () => played.nowMs };
  played.asked = [];
  for await (const page of readItems({ of: 'played', ...deps }, cursor, new AbortController().signal)) {
    pages.push(page);
    if (pages.length >= most) break;
  }
  return pages;
}

const cursorOf = (pages: readonly SourcePage[]): string => pages.at(-1)?.cursor ?? '';
const told = (pages: readonly SourcePage[]): string[] =>
  pages.flatMap(({ assets }) => assets.map(({ externalId, status }) => `${externalId} ${status}`)).toSorted();

test('the first run reads every item once and shows everything', async () => {
  const played = play(10);
  const pages = await run(played, null);
  expect(pages.map(({ assets, ends, total }) => [assets.length, ends, total])).toEqual([
    [4, 'more', 10],
    [4, 'more', 10],
    [2, 'everything', 10],
  ]);
  expect(played.asked.filter((what) => what !== 'list')).toHaveLength(10);
});

test('a run without news asks once and reads no item', async () => {
  const played = play(10);
  const cursor = cursorOf(await run(played, null));
  expect(await run(played, cursor)).toMatchObject([{ assets: [], ends: 'changes' }]);
  expect(played.asked).toEqual(['changes']);
});

test('only what is new or changed is read, and the next run reads none of it again', async () => {
  const played = play(10);
  const first = cursorOf(await run(played, null));
  played.items.set('v3', start + 50 * dayMs).set('v11', start + 50 * dayMs + 1);
  const pages = await run(played, first);
  expect(played.asked.filter((what) => what !== 'changes')).toEqual(['v11', 'v3']);
  expect(told(pages)).toEqual(['v11 expected', 'v3 expected']);
  await run(played, cursorOf(pages));
  expect(played.asked).toEqual(['changes']);
});

test('a change that the index tells of hours late is still found', async () => {
  const played = play(10);
  const first = cursorOf(await run(played, null));
  const newest = start + 50 * dayMs;
  played.items.set('v11', newest);
  const second = cursorOf(await run(played, first));
  played.items.set('v2', newest - 5 * 3_600_000);
  expect(told(await run(played, second))).toEqual(['v2 expected']);
});

test('an item that is gone is asked for by itself before it is said to be', async () => {
  const played = play(10);
  const first = cursorOf(await run(played, null));
  played.items.delete('v4');
  const pages = await run(played, first);
  expect(told(pages)).toEqual(['v4 withdrawn']);
  expect(pages.at(-1)?.ends).toBe('changes');
  expect(pages[0]?.assets[0]).toMatchObject({ statusReason: 'unpublished', renditions: [] });
});

test('a search index with gaps withdraws nothing, and does not have everything listed again and again', async () => {
  const played = play(10);
  const first = cursorOf(await run(played, null));
  for (const id of ['v2', 'v5', 'v6']) played.unlisted.add(id);
  const pages = await run(played, first);
  expect(told(pages)).toEqual(['v2 expected', 'v5 expected', 'v6 expected']);
  await run(played, cursorOf(pages));
  expect(played.asked).toEqual(['changes']);
});

test('an index that shows nothing at all withdraws nothing', async () => {
  const played = play(10);
  const first = cursorOf(await run(played, null));
  for (const id of played.items.keys()) played.unlisted.add(id);
  expect(
    (await run(played, first)).flatMap(({ assets }) => assets).filter((one) => one.status === 'withdrawn'),
  ).toEqual([]);
});

test('what went and came within one count is found by the weekly listing', async () => {
  const played = play(10);
  const first = cursorOf(await run(played, null));
  played.items.delete('v4');
  played.items.set('v11', start + 50 * dayMs);
  const second = await run(played, first);
  expect(told(second)).toEqual(['v11 expected', 'v4 withdrawn']);
  played.items.delete('v5');
  played.items.set('v12', start - dayMs);
  const third = await run(played, cursorOf(second));
  expect(told(third)).toEqual([]);
  played.nowMs += 8 * dayMs;
  expect(told(await run(played, cursorOf(third)))).toEqual(['v12 expected', 'v5 withdrawn']);
});

test('an odd item is told as a failure, asked for again each time, and told once it can be read', async () => {
  const played = play(5);
  played.odd.add('v2');
  const first = await run(played, null);
  expect(first.flatMap(({ failures }) => failures)).toEqual([{ where: 'v2', why: 'no title' }]);
  const second = await run(played, cursorOf(first));
  expect(played.asked).toEqual(['changes', 'v2']);
  played.odd.clear();
  const third = await run(played, cursorOf(second));
  expect(told(third)).toEqual(['v2 expected']);
  await run(played, cursorOf(third));
  expect(played.asked).toEqual(['changes']);
});

test('more changes than the source shows have everything read anew, still without withdrawing unasked', async () => {
  const played = play(12);
  const first = cursorOf(await run(played, null));
  for (const id of played.items.keys()) played.items.set(id, start + 60 * dayMs);
  played.items.delete('v7');
  played.deepest = 8;
  const pages = await run(played, first);
  expect(told(pages)).toContain('v7 withdrawn');
  expect(new Set(told(pages)).size).toBe(12);
  expect(pages.at(-1)?.ends).toBe('changes');
});

test('no page tells nothing but the last', async () => {
  const played = play(60);
  const first = cursorOf(await run(played, null));
  played.items.delete('v60');
  const pages = await run(played, first);
  expect(pages.filter(({ assets, ends }) => ends === 'more' && assets.length === 0)).toEqual([]);
});

test('a cursor that cannot be read begins the run anew', async () => {
  for (const cursor of ['', '{}', '{"at":"rest","memory":{}}', 'null']) {
    await expect(run(play(1), cursor)).rejects.toMatchObject({
      code: 'CONFLICT',
    } satisfies Partial<RushesError>);
  }
});

test('killed at any page, any changes between, every reader ends with what the source has', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          most: fc.integer({ min: 1, max: 4 }),
          change: fc.array(fc.integer({ min: 1, max: 14 }), { maxLength: 4 }),
          remove: fc.array(fc.integer({ min: 1, max: 14 }), { maxLength: 2 }),
        }),
        { maxLength: 6 },
      ),
      async (steps) => {
        const played = play(9);
        const held = new Map<string, string>();
        let cursor: string | null = null;
        let clock = start + 50 * dayMs;
        const read = async (most: number): Promise<void> => {
          for (const page of await run(played, cursor, most)) {
            for (const asset of page.assets) {
              if (asset.status === 'withdrawn') held.delete(asset.externalId);
              else held.set(asset.externalId, asset.version ?? '');
            }
            cursor = page.cursor;
          }
        };
        for (const { most, change, remove } of steps) {
          await read(most);
          for (const n of change) played.items.set(`v${n}`, (clock += 1000));
          for (const n of remove) played.items.delete(`v${n}`);
        }
        // A run that is not cut short, and the weekly one behind it.
        await read(Number.POSITIVE_INFINITY);
        played.nowMs += 8 * dayMs;
        await read(Number.POSITIVE_INFINITY);
        expect(held).toEqual(new Map([...played.items].map(([id, ms]) => [id, String(ms)])));
      },
    ),
    { numRuns: 300 },
  );
});
