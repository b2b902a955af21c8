import { expect, test } from 'vitest';
import {
  listWindows,
  readSearch,
  type AskWindow,
} from '../../../../../electron/core/sources/dvids/dvids-listing.ts';

const now = Date.UTC(2025, 10, 20);
const pageSize = 50;

/** A search that shows a thousand items of any window, and counts them all. */
function searchOver(times: readonly number[], capped = false) {
  const asked: string[] = [];
  const ask: AskWindow = async ([from, to], page) => {
    asked.push(`${from}-${to}/${page}`);
    const found = times.map((ms, n) => ({ id: `video:${n}`, ms })).filter(({ ms }) => ms >= from && ms <= to);
    const first = (page - 1) * pageSize;
    const items = found
      .slice(first, Math.min(first + pageSize, 1000))
      .map(({ id, ms }) => ({ id, changedAtMs: ms }));
    return { items, total: capped ? Math.min(1000, found.length) : found.length, pageSize };
  };
  return { ask, asked };
}

async function listAll(ask: AskWindow) {
  const ids = new Set<string>();
  const failures: string[] = [];
  let total: number | null = null;
  let place: unknown = null;
  for (let n = 0; n < 2000; n++) {
    // Through text, as a cursor goes.
    const page = await listWindows(ask, place === null ? null : JSON.parse(JSON.stringify(place)), now);
    for (const { id } of page.items) ids.add(id);
    failures.push(...page.failures.map(({ why }) => why));
    total = page.total;
    place = page.next;
    if (place === null) return { ids, failures, total };
  }
  throw new Error('The listing has no end.');
}

const spread = (count: number, from: number, to: number): number[] =>
  Array.from({ length: count }, (_, n) => Math.floor(from + ((to - from) * n) / count));

test('a channel that fits is read in one window', async () => {
  const { ask, asked } = searchOver(spread(120, Date.UTC(2020, 0), now));
  const { ids, total } = await listAll(ask);
  expect([ids.size, total, asked.length]).toEqual([120, 120, 3]);
});

test.each([false, true])(
  'a deep channel is sliced until every slice fits, count capped: %s',
  async (capped) => {
    const bursts = [
      ...spread(9000, Date.UTC(2006, 0), now),
      ...spread(2500, Date.UTC(2022, 1, 24), Date.UTC(2022, 1, 25)),
    ];
    const { ask, asked } = searchOver(bursts, capped);
    const { ids, failures, total } = await listAll(ask);
    expect([ids.size, failures]).toEqual([11_500, []]);
    expect(total).toBe(capped ? null : 11_500);
    expect(asked.length).toBeLessThan(11_500 / pageSize + 200);
  },
);

test('a minute with more than the depth is told as a failure and read as far as it goes', async () => {
  const { ask } = searchOver(Array<number>(1400).fill(Date.UTC(2024, 0, 1, 12)));
  const { ids, failures } = await listAll(ask);
  expect(ids.size).toBe(1000);
  expect(failures[0]).toContain('1400 videos of one minute');
});

test('a window from which something is taken while it is read is read again', async () => {
  const times = spread(120, Date.UTC(2020, 0), now);
  const { ask } = searchOver(times);
  const first = await listWindows(ask, null, now);
  const fewer = searchOver(times.slice(1));
  const second = await listWindows(fewer.ask, first.next, now);
  const third = await listWindows(fewer.ask, second.next, now);
  expect(fewer.asked.at(-1)).toMatch(/\/1$/);
  expect(third.items).toHaveLength(50);
});

test('an empty channel has an end', async () => {
  expect(await listAll(searchOver([]).ask)).toEqual({ ids: new Set(), failures: [], total: 0 });
});

test('a place that is none begins the run anew', async () => {
  await expect(listWindows(searchOver([]).ask, { page: 0 }, now)).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('a search page without a count or a list is another form, and other media are passed over', () => {
  for (const json of [{}, { results: [] }, { page_info: { total_results: 3 } }]) {
    expect(() => readSearch(json)).toThrow(expect.objectContaining({ code: 'SOURCE_CHANGED' }));
  }
  const results = [{ id: 'image:1' }, { id: 'video:2', timestamp: '2025-09-08T12:00:00Z' }, {}, null];
  expect(readSearch({ page_info: { total_results: '4', results_per_page: 50 }, results })).toEqual({
    items: [{ id: 'video:2', changedAtMs: Date.UTC(2025, 8, 8, 12) }],
    total: 4,
    pageSize: 50,
  });
});
