import { expect, test } from 'vitest';
import { createPageGuard } from '../../../../electron/core/catalogue/page-guard.ts';
import { anEmptyAsset } from '../../../../electron/core/sources/reading/assets.ts';
import type { SourcePage } from '../../../../electron/core/sources/source-model.ts';

const aPage = (cursor: string, ids: readonly string[], ends: SourcePage['ends'] = 'more'): SourcePage => ({
  assets: ids.map((id) => anEmptyAsset({ externalId: id, title: id })),
  failures: [],
  cursor,
  total: null,
  ends,
});
const firstCircle = (pages: readonly SourcePage[]): number => {
  const guard = createPageGuard();
  return pages.findIndex((page) => guard.goesInCircles(page));
};

test('a place that comes back is a circle, on the last page it is not', () => {
  expect(firstCircle([aPage('1', ['a']), aPage('2', ['b']), aPage('1', ['c'])])).toBe(2);
  expect(firstCircle([aPage('1', ['a']), aPage('2', ['b']), aPage('1', ['c'], 'everything')])).toBe(-1);
});

test('some pages without an item are borne, pages without end are not', () => {
  const empty = Array.from({ length: 200 }, (_, n) => aPage(String(n), []));
  expect(firstCircle(empty.slice(0, 20))).toBe(-1);
  expect(firstCircle(empty)).toBeGreaterThan(20);
  const withItems = empty.flatMap((page, n) => (n % 20 === 0 ? [page, aPage(`x${n}`, [String(n)])] : [page]));
  expect(firstCircle(withItems)).toBe(-1);
});

test('the same items under ever new places are a circle', () => {
  const same = Array.from({ length: 200 }, (_, n) => aPage(String(n), ['a', 'b']));
  expect(firstCircle(same)).toBeGreaterThan(0);
});

test('an item that stands first on every page is none', () => {
  const pinned = Array.from({ length: 200 }, (_, n) => aPage(String(n), ['pinned', String(n)]));
  expect(firstCircle(pinned)).toBe(-1);
});
