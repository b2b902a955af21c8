import { expect, onTestFinished, test } from 'vitest';
import { createChangeFeed } from '../../../electron/core/system/change-feed.ts';
import type { ChangeNotice } from '../../../shared/contract/system.ts';

function aFeed() {
  const feed = createChangeFeed();
  onTestFinished(() => feed.close());
  return feed;
}

/** Reads until the stream ends; `got` fills as the notices come. */
function listen(stream: AsyncGenerator<ChangeNotice, void>): { got: ChangeNotice[]; ended: Promise<void> } {
  const got: ChangeNotice[] = [];
  const ended = (async () => {
    for await (const notice of stream) got.push(notice);
  })();
  return { got, ended };
}
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('many changes in a moment are one notice for each kind of thing', async () => {
  const feed = aFeed();
  const { got } = listen(feed.subscribe(undefined));
  for (let n = 0; n < 1000; n++) {
    feed.notify('clip', `c${n % 3}`);
    feed.notify('asset', `a${n}`);
  }
  feed.notify('tag');
  feed.notify('tag', 'x');
  await pause(160);
  expect(got).toEqual([
    { seq: 1, entity: 'clip', ids: ['c0', 'c1', 'c2'] },
    { seq: 2, entity: 'asset', ids: [] },
    { seq: 3, entity: 'tag', ids: [] },
  ]);
});

test('numbers have no gaps for anybody, whenever they came, and at most ten leave in a second', async () => {
  const feed = aFeed();
  const early = listen(feed.subscribe(undefined));
  let late: typeof early | undefined;
  const startedAt = performance.now();
  for (let n = 0; n < 60; n++) {
    feed.notify('clip', String(n));
    if (n === 30) late = listen(feed.subscribe(undefined));
    await pause(8);
  }
  await pause(150);
  const seconds = (performance.now() - startedAt) / 1000;
  for (const { got } of [early, late ?? early]) {
    expect(got.length).toBeGreaterThan(1);
    expect(got.map(({ seq }) => seq)).toEqual(got.map((_, index) => (got[0]?.seq ?? 0) + index));
  }
  expect(early.got.length).toBeLessThanOrEqual(Math.ceil(seconds * 10) + 1);
  expect(new Set(early.got.flatMap(({ ids }) => ids)).size).toBe(60);
});

test('aborting ends one stream and leaves the others', async () => {
  const feed = aFeed();
  const abort = new AbortController();
  const [one, two] = [listen(feed.subscribe(abort.signal)), listen(feed.subscribe(undefined))];
  await pause(5);
  abort.abort();
  await one.ended;
  feed.notify('clip', 'x');
  await pause(130);
  expect([one.got.length, two.got.length]).toEqual([0, 1]);
  await listen(feed.subscribe(AbortSignal.abort())).ended;
});

test("closing ends every stream, leaves no timer, and later changes are nobody's", async () => {
  const feed = aFeed();
  const streams = [listen(feed.subscribe(undefined)), listen(feed.subscribe(undefined))];
  const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  await new Promise((resolve) => setImmediate(resolve));
  const before = timers();
  feed.notify('clip', 'x');
  expect(timers()).toBe(before + 1);
  feed.close();
  expect(timers()).toBe(before);
  feed.notify('clip', 'y');
  expect(timers()).toBe(before);
  await Promise.all(streams.map(({ ended }) => ended));
  await listen(feed.subscribe(undefined)).ended;
});
