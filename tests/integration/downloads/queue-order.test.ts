import { describe, expect, it } from 'vitest';
import { body, honest, rigOf, serve, slow, wanted } from '../../support/a-download.ts';
import { startRig, waitFor, type Rig } from '../../support/fault-rig.ts';
import { inQueueOrder, isActive, queueOfDownloads } from '../../../electron/core/downloads/queue-repo.ts';
import type { Download } from '../../../shared/contract/downloads.ts';

/** Names of the files in the order in which they were first asked for. */
const askedFor = (requests: readonly { readonly path: string }[]): string[] => [
  ...new Set(requests.map(({ path }) => path.slice(1, -4))),
];
const names = (list: { downloads: readonly Download[] }): string[] =>
  list.downloads.map(({ fileName }) => fileName.slice(0, -4));
const add = (rig: Rig, url: string, more: object = {}) =>
  rig.downloads.addUrl(wanted('', { url: `${url}.mp4`, ...more }));
/** All bytes that were received, over every attempt of every download. */
const received = (rig: Rig): unknown =>
  rig.db.prepare('SELECT sum(fetched_bytes) FROM download_attempt').pluck().get();
const allDone = (rig: Rig, count: number) =>
  waitFor(
    () => rig.downloads.list().counts,
    ({ done }) => done === count,
  );

describe('the order of the queue', () => {
  it('is priority, then the order of wishing, and what is moved goes where it was put', async () => {
    const server = await serve(({ path }) => (path.includes('first') ? slow : honest));
    const rig = await rigOf({ parallel: 1 });
    await add(rig, `${server.url}/first`, { priority: 'high' });
    await add(rig, `${server.url}/low`, { priority: 'low' });
    const one = await add(rig, `${server.url}/one`);
    await add(rig, `${server.url}/two`);
    const three = await add(rig, `${server.url}/three`);
    await add(rig, `${server.url}/high`, { priority: 'high' });
    rig.downloads.move({ ids: [three.id], before: one.id });
    const order = ['first', 'high', 'three', 'one', 'two', 'low'];
    expect(names(rig.downloads.list({ show: 'active' }))).toEqual(order);
    await allDone(rig, 6);
    expect(askedFor(server.requests)).toEqual(order);
    expect(names(rig.downloads.list({ show: 'done' }))).toEqual([
      'high',
      'three',
      'two',
      'one',
      'low',
      'first',
    ]);
  });

  it('holds over a restart', async () => {
    const server = await serve(({ path }) => (path.includes('first') ? slow : honest));
    const rig = await rigOf({ parallel: 1 });
    await add(rig, `${server.url}/first`, { priority: 'high' });
    const a = await add(rig, `${server.url}/a`);
    const b = await add(rig, `${server.url}/b`);
    const c = await add(rig, `${server.url}/c`, { priority: 'low' });
    rig.downloads.move({ ids: [c.id, b.id], before: a.id });
    await rig.stop();
    const next = await startRig({ home: rig.home, parallel: 1 });
    try {
      expect(names(next.downloads.list({ show: 'active' }))).toEqual(['first', 'c', 'b', 'a']);
      await allDone(next, 4);
      expect(askedFor(server.requests)).toEqual(['first', 'c', 'b', 'a']);
    } finally {
      await next.stop();
    }
  });

  it('lets a high one take the place of a low one, which loses no byte by it', async () => {
    const server = await serve(({ path }) => (path.includes('low') ? slow : honest));
    const rig = await rigOf({ parallel: 1, connections: 2 });
    const low = await add(rig, `${server.url}/low`, { priority: 'low' });
    await waitFor(
      () => server.sentBytes(),
      (bytes) => bytes > 300_000,
    );
    const high = await add(rig, `${server.url}/high`, { priority: 'high' });
    await rig.settled(high.id);
    expect(rig.downloads.get({ id: low.id }).state).not.toBe('complete');
    await rig.settled(low.id);
    expect(received(rig)).toBe(2 * body.sizeBytes);
    expect(rig.downloads.attempts({ id: low.id }).attempts.map(({ outcome }) => outcome)).toEqual([
      'complete',
      'stopped',
    ]);
  });

  it('stops nothing for one that is only earlier in the queue', async () => {
    const server = await serve(() => slow);
    const rig = await rigOf({ parallel: 1 });
    const first = await add(rig, `${server.url}/first`);
    const second = await add(rig, `${server.url}/second`);
    rig.downloads.move({ ids: [second.id], before: first.id });
    await rig.settled(first.id);
    expect(rig.downloads.attempts({ id: first.id }).attempts).toHaveLength(1);
    await rig.downloads.cancel();
  });

  it('puts one in front that would else be late, and says how it stands', async () => {
    const server = await serve(() => ({ ...honest, bytesPerSecond: 400_000 }));
    const rig = await rigOf({ parallel: 1, connections: 1 });
    const first = await add(rig, `${server.url}/first`, { sizeBytes: body.sizeBytes });
    await add(rig, `${server.url}/second`, { sizeBytes: body.sizeBytes });
    const needed = await add(rig, `${server.url}/needed`, { sizeBytes: body.sizeBytes });
    await waitFor(
      () => rig.downloads.totals(),
      ({ bytesPerSecond }) => bytesPerSecond !== null,
    );
    const [changed] = rig.downloads.change({ ids: [needed.id], neededByMs: Date.now() + 8000 }).downloads;
    expect(changed).toMatchObject({ neededByMs: expect.any(Number), etaMs: expect.any(Number) });
    await waitFor(
      () => names(rig.downloads.list({ show: 'active' })),
      (order) => order[0] === 'needed',
    );
    // The one that ran gives its place; what came of it stays.
    await waitFor(
      () => rig.downloads.get({ id: needed.id }),
      ({ state }) => state === 'running',
    );
    const given = rig.downloads.get({ id: first.id });
    expect(given).toMatchObject({ state: 'queued', reason: null });
    expect(given.bytes).toBeGreaterThan(0);
    await rig.downloads.cancel();
  });
});

describe('long lists', () => {
  it('are paged quickly, and no page misses or repeats a row', async () => {
    const rig = await rigOf({ parallel: 1, settings: { traffic: closed } });
    const insert = rig.db.prepare(`
      INSERT INTO download (id, position, queue_rank, url, title, dir, file_name, state, size_bytes, created_at_ms,
        priority, turn, asset_json)
      VALUES (:id, :n, :n, 'https://example.org/x', :id, '/media', :id, :state, 1000, :n, :priority, :priority, :json)`);
    rig.db.transaction(() => {
      for (let n = 1; n <= 10_000; n++) {
        const state = n % 2 === 0 ? 'queued' : 'complete';
        insert.run({ id: `d${n}`, n, state, priority: (n % 3) - 1, json: JSON.stringify('x'.repeat(500)) });
      }
    })();
    for (const show of ['active', 'done'] as const) {
      const seen: string[] = [];
      let cursor: string | undefined;
      let slowest = 0;
      do {
        const startedAt = performance.now();
        const page = rig.downloads.list({ show, limit: 500, ...(cursor === undefined ? {} : { cursor }) });
        slowest = Math.max(slowest, performance.now() - startedAt);
        seen.push(...page.downloads.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toHaveLength(5000);
      expect(new Set(seen).size).toBe(5000);
      // Far from what it takes (some 30 ms), near enough to notice a scan for each row.
      expect(slowest).toBeLessThan(2000);
    }
    expect(rig.downloads.totals()).toMatchObject({ waiting: 5000, bytes: 0, sizeBytes: 5_000_000 });
    expect(() => rig.downloads.list({ cursor: 'elsewhere' })).toThrow('cursor');
    const startedAt = performance.now();
    await rig.downloads.pause();
    await rig.downloads.resume();
    await rig.downloads.cancel();
    // A commit for each would be tens of thousands.
    expect(performance.now() - startedAt).toBeLessThan(8000);
    expect(rig.downloads.list().counts).toEqual({ active: 0, done: 5000, failed: 5000 });
  });

  it('come from an index in the order they are shown', async () => {
    const rig = await rigOf();
    const plan = (sql: string): string => JSON.stringify(rig.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all());
    const queue = plan(
      `SELECT * FROM ${queueOfDownloads} WHERE ${isActive} ${inQueueOrder} LIMIT 500 OFFSET 0`,
    );
    expect(queue).toContain('download_in_queue');
    expect(queue).not.toContain('TEMP B-TREE');
    expect(plan('SELECT state, count(*) FROM download WHERE forgotten = 0 GROUP BY state')).toContain(
      'COVERING INDEX download_by_show',
    );
  });
});

const closed = () => ({
  profiles: [{ id: 'full', name: 'Full speed', bytesPerSecond: null }],
  outside: null,
  windows: [],
});
