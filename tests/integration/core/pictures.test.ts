import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { anAsset } from '../../support/builders.ts';
import { aJpeg, aPictureCache } from './a-picture-cache.ts';
import { playPortal } from './played-portal.ts';
import { addSource, startCore, syncSummary, until } from './test-core.ts';

const dayMs = 24 * 3_600_000;

function sizeOf(dir: string): number {
  return readdirSync(dir).reduce((sum, name) => sum + statSync(join(dir, name)).size, 0);
}

/** Looks at a picture a day after the last one was looked at. */
async function lookADayLater(
  rig: Awaited<ReturnType<typeof aPictureCache>>,
  cache: ReturnType<typeof rig.open>,
  path: string,
) {
  rig.nowMs += dayMs;
  const found = await cache.get(rig.wish(path));
  if (!found) throw new Error(`${path} is not to be had.`);
  return basename(found.path);
}

test('a picture is fetched once, and shown from the disk from then on, after a new start too', async () => {
  const rig = await aPictureCache();
  const cache = rig.open();
  const both = await Promise.all([cache.get(rig.wish('/a.jpg')), cache.get(rig.wish('/a.jpg'))]);
  expect(both[0]).toMatchObject({ contentType: 'image/jpeg' });
  expect(both[1]).toEqual(both[0]);
  expect(readFileSync(both[0]?.path ?? '')).toEqual(aJpeg(1000));
  expect(await rig.open().get(rig.wish('/a.jpg'))).toEqual(both[0]);
  expect(rig.asked).toEqual(['/a.jpg']);
});

test('when the room is used up, those that were not looked at for longest go', async () => {
  const rig = await aPictureCache({ mostBytes: 10_000 });
  const cache = rig.open();
  const names: string[] = [];
  for (let n = 0; n < 10; n++) names.push(await lookADayLater(rig, cache, `/${n}.jpg`));
  // The oldest is looked at again; the second oldest is not.
  await lookADayLater(rig, cache, '/0.jpg');
  const latest = await lookADayLater(rig, cache, '/10.jpg');
  await until(
    () => sizeOf(rig.dir),
    (size) => size <= 9000,
  );
  const left = readdirSync(rig.dir);
  expect(left).toContain(names[0]);
  expect(left).toContain(latest);
  expect(left).not.toContain(names[1]);
  expect(left).toHaveLength(9);
  expect(rig.log.lines).toEqual([]);
});

test('what was used when is known after a new start, and the time of change stays as it was', async () => {
  const rig = await aPictureCache({ mostBytes: 10_000 });
  const first = rig.open();
  const names: string[] = [];
  for (let n = 0; n < 10; n++) names.push(await lookADayLater(rig, first, `/${n}.jpg`));
  const changed = (): number => Math.floor(statSync(join(rig.dir, names[0] ?? '')).mtimeMs);
  const before = changed();
  await lookADayLater(rig, first, '/0.jpg');
  expect(changed()).toBe(before);
  await first.close();
  await lookADayLater(rig, rig.open(), '/10.jpg');
  await until(
    () => sizeOf(rig.dir),
    (size) => size <= 9000,
  );
  expect(readdirSync(rig.dir)).toContain(names[0]);
  expect(readdirSync(rig.dir)).not.toContain(names[1]);
});

test('what a kill has left half-written is cleared away, but not what is being written', async () => {
  const rig = await aPictureCache({ mostBytes: 10_000 });
  mkdirSync(rig.dir, { recursive: true });
  const [old, young] = [join(rig.dir, 'x.1.tmp'), join(rig.dir, 'x.2.tmp')];
  for (const file of [old, young]) writeFileSync(file, aJpeg(500));
  utimesSync(old, new Date(rig.nowMs - dayMs), new Date(rig.nowMs - dayMs));
  const cache = rig.open();
  await cache.get(rig.wish('/a.jpg'));
  await until(
    () => readdirSync(rig.dir),
    (names) => !names.includes('x.1.tmp'),
  );
  expect(readdirSync(rig.dir)).toContain('x.2.tmp');
});

test('a hundred pictures at once in a small room are all shown, and the room is kept', async () => {
  const rig = await aPictureCache({ mostBytes: 20_000 });
  const cache = rig.open();
  const shown = await Promise.all(Array.from({ length: 100 }, (_, n) => cache.get(rig.wish(`/${n}.jpg`))));
  expect(shown.filter((one) => one === null)).toEqual([]);
  rig.nowMs += 1000;
  await cache.get(rig.wish('/last.jpg'));
  await until(
    () => sizeOf(rig.dir),
    (size) => size <= 20_000,
  );
  expect(rig.log.lines).toEqual([]);
});

test('a folder that is deleted meanwhile is filled anew', async () => {
  const rig = await aPictureCache();
  const cache = rig.open();
  await cache.get(rig.wish('/a.jpg'));
  rmSync(rig.dir, { recursive: true });
  const again = await cache.get(rig.wish('/a.jpg'));
  expect(readFileSync(again?.path ?? '')).toEqual(aJpeg(1000));
});

test('a file that was damaged is fetched again', async () => {
  const rig = await aPictureCache();
  const cache = rig.open();
  const found = await cache.get(rig.wish('/a.jpg'));
  writeFileSync(found?.path ?? '', '');
  expect(await cache.get(rig.wish('/a.jpg'))).toEqual(found);
  expect(readFileSync(found?.path ?? '')).toEqual(aJpeg(1000));
});

test.each([
  ['is not there', (response: ServerResponse) => response.writeHead(404).end()],
  ['is a page', (response: ServerResponse) => response.writeHead(200).end('<!doctype html>Sign in')],
  ['is far too large', (response: ServerResponse) => response.writeHead(200).end(aJpeg(9 * 1024 * 1024))],
  [
    'breaks off',
    (response: ServerResponse) =>
      response.writeHead(200, { 'content-length': 900 }).write('x') && response.destroy(),
  ],
])('a picture that %s is not asked for again with each look, but some time later', async (_what, fail) => {
  const rig = await aPictureCache();
  const honest = rig.answer;
  rig.answer = (_path, response) => void fail(response);
  const cache = rig.open();
  for (let n = 0; n < 5; n++) expect(await cache.get(rig.wish('/a.jpg'))).toBeNull();
  expect(rig.asked).toEqual(['/a.jpg']);
  rig.answer = honest;
  rig.nowMs += 11 * 60_000;
  expect(await cache.get(rig.wish('/a.jpg'))).not.toBeNull();
});

test('what asks to be left alone for an hour is left alone for an hour', async () => {
  const rig = await aPictureCache();
  rig.answer = (_path, response) => void response.writeHead(503, { 'retry-after': '3600' }).end();
  const cache = rig.open();
  await cache.get(rig.wish('/a.jpg'));
  rig.nowMs += 59 * 60_000;
  await cache.get(rig.wish('/a.jpg'));
  expect(rig.asked).toHaveLength(1);
});

/** A cache whose server answers nothing until it is told to. */
async function aHeldCache() {
  const rig = await aPictureCache();
  const honest = rig.answer;
  const held: (() => void)[] = [];
  rig.answer = (path, response) => void held.push(() => honest(path, response));
  return {
    rig,
    cache: rig.open(),
    release: (): void => {
      rig.answer = honest;
      for (const one of held.splice(0)) one();
    },
  };
}

test('five hundred that were scrolled past are not asked for, and what is looked at now comes first', async () => {
  const { rig, cache, release } = await aHeldCache();
  const past = new AbortController();
  const passed = Array.from({ length: 500 }, (_, n) => cache.get(rig.wish(`/past-${n}.jpg`), past.signal));
  await until(
    () => rig.asked.length,
    (count) => count > 0,
  );
  past.abort();
  expect(new Set(await Promise.all(passed))).toEqual(new Set([null]));
  // The one that was on its way is broken off, too.
  await until(
    () => rig.gone.length,
    (count) => count === 1,
  );
  const looked = cache.get(rig.wish('/now.jpg'));
  release();
  expect(await looked).not.toBeNull();
  expect(rig.asked.filter((path) => path !== '/now.jpg').length).toBeLessThanOrEqual(2);
  // To have been given up is no failure.
  expect(await cache.get(rig.wish('/past-0.jpg'))).not.toBeNull();
});

test('where nobody says who has gone, those of five hundred that waited longest are given up', async () => {
  const { rig, cache, release } = await aHeldCache();
  let givenUp = 0;
  const all = Array.from({ length: 500 }, async (_, n) => {
    const found = await cache.get(rig.wish(`/${n}.jpg`));
    if (!found) givenUp++;
    return found;
  });
  await until(
    () => givenUp,
    (count) => count === 198,
  );
  release();
  expect((await Promise.all(all)).filter((one) => one !== null)).toHaveLength(302);
  expect(rig.asked).toHaveLength(302);
});

test('a picture that two want is fetched for the one who stays', async () => {
  const { rig, cache, release } = await aHeldCache();
  const leaves = new AbortController();
  const first = cache.get(rig.wish('/a.jpg'), leaves.signal);
  const second = cache.get(rig.wish('/a.jpg'));
  await until(
    () => rig.asked.length,
    (count) => count === 1,
  );
  leaves.abort();
  expect(await first).toBeNull();
  release();
  expect(await second).not.toBeNull();
  expect(rig.asked).toEqual(['/a.jpg']);
});

test('a cache that is closed breaks off what it fetches and asks for nothing more', async () => {
  const { rig, cache } = await aHeldCache();
  const wanted = [
    cache.get(rig.wish('/a.jpg')),
    cache.get(rig.wish('/b.jpg')),
    cache.get(rig.wish('/c.jpg')),
  ];
  await until(
    () => rig.asked.length,
    (count) => count === 1,
  );
  await cache.close();
  expect(await Promise.all(wanted)).toEqual([null, null, null]);
  expect(await cache.get(rig.wish('/d.jpg'))).toBeNull();
  expect(rig.asked).toHaveLength(1);
});

test('whoever closes the page while a picture is on its way has it given up at the source', async () => {
  const portal = await playPortal({});
  portal.assets.push(anAsset({ pictureUrl: `${portal.url}/pictures/1.jpg` }));
  const core = await startCore();
  await syncSummary(core, await addSource(core, portal.url));
  const [asset] = (await core.client.catalogue.list({ limit: 1 })).items;
  const gone = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  portal.answer = ({ path }, response) => {
    if (path !== '/pictures/1.jpg') return false;
    response.on('close', gone.resolve);
    reached.resolve();
    return true;
  };
  const page = new AbortController();
  const address = `/picture/${asset?.id}`;
  const wanted = core.serveMedia(new Request(`http://127.0.0.1${address}`, { signal: page.signal }), address);
  await reached.promise;
  page.abort();
  await gone.promise;
  expect((await wanted).status).toBe(404);
  portal.answer = ({ path }, response) =>
    path === '/pictures/1.jpg' && response.writeHead(200).end(aJpeg(1000)) !== undefined;
  const served = await core.serveMedia(new Request(`http://127.0.0.1${address}`), address);
  expect(Buffer.from(await served.arrayBuffer())).toEqual(aJpeg(1000));
});
