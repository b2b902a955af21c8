import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { body, honest, rigOf, serve, sha256, slow, wanted } from '../../support/a-download.ts';
import { patient, startRig, waitFor } from '../../support/fault-rig.ts';

it.each([1, 4])('fetches nothing twice over a pause and a quit (%i connections)', async (connections) => {
  const server = await serve(() => slow);
  const rig = await rigOf({ connections, tuning: patient });
  const { id } = await rig.downloads.addUrl(wanted(server.url));
  await waitFor(
    () => server.sentBytes(),
    (bytes) => bytes > 300_000,
  );
  await rig.downloads.pause({ ids: [id] });
  const paused = rig.downloads.get({ id });
  expect(paused).toMatchObject({ state: 'paused', reason: { code: 'USER_PAUSED' } });
  await rig.downloads.resume();
  await waitFor(
    () => server.sentBytes(),
    (bytes) => bytes > 900_000,
  );
  await rig.stop();
  const next = await startRig({ home: rig.home, connections, tuning: patient });
  try {
    expect(next.downloads.get({ id }).bytes).toBeGreaterThan(paused.bytes);
    expect(await next.settled(id)).toMatchObject({ state: 'complete', sha256 });
    // What the engine received, over all attempts: not one byte more than the file has.
    const received = next.db.prepare('SELECT sum(fetched_bytes) AS bytes FROM download_attempt').get();
    expect(received).toEqual({ bytes: body.sizeBytes });
  } finally {
    await next.stop();
  }
});

it('stays paused over a restart, and does nothing meanwhile', async () => {
  const server = await serve(() => slow);
  const rig = await rigOf();
  const { id } = await rig.downloads.addUrl(wanted(server.url));
  await waitFor(
    () => server.sentBytes(),
    (bytes) => bytes > 100_000,
  );
  await rig.downloads.pause();
  await rig.stop();
  const asked = server.requests.length;
  const next = await startRig({ home: rig.home });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(next.downloads.get({ id }).state).toBe('paused');
  await next.stop();
  expect(server.requests.length).toBe(asked);
});

it('cancels without leaving anything behind, and never touches a finished file', async () => {
  const server = await serve((request) => (request.path.includes('slow') ? slow : honest));
  const rig = await rigOf();
  const done = await rig.downloads.addUrl(wanted(server.url));
  await rig.settled(done.id);
  const going = await rig.downloads.addUrl(wanted(server.url, { url: `${server.url}/slow.mp4` }));
  await waitFor(
    () => rig.files(),
    (files) => files.includes('slow.mp4.part'),
  );
  await rig.downloads.cancel({ ids: [done.id, going.id] });
  expect(rig.downloads.get({ id: going.id })).toMatchObject({ state: 'cancelled', bytes: 0 });
  expect(rig.downloads.get({ id: done.id }).state).toBe('complete');
  expect(rig.files()).toEqual(['clip.mp4']);
});

it('returns what is wanted already instead of fetching it twice', async () => {
  const server = await serve(() => honest);
  const rig = await rigOf();
  const first = await rig.downloads.addUrl(wanted(server.url));
  await rig.settled(first.id);
  const again = await rig.downloads.addUrl(wanted(server.url));
  expect(again).toMatchObject({ id: first.id, state: 'complete' });
  rmSync(join(rig.dir, 'clip.mp4'));
  const anew = await rig.downloads.addUrl(wanted(server.url));
  expect(anew.id).not.toBe(first.id);
  expect(await rig.settled(anew.id)).toMatchObject({ state: 'complete' });
});

it('never writes over a file that is there, nor through a link', async () => {
  const server = await serve(() => honest);
  const rig = await rigOf();
  mkdirSync(rig.dir);
  const victim = join(rig.home, 'victim');
  writeFileSync(victim, 'precious');
  writeFileSync(join(rig.dir, 'clip.mp4'), 'mine');
  symlinkSync(victim, join(rig.dir, 'clip.mp4.part'));
  symlinkSync(victim, join(rig.dir, 'clip (1).mp4'));
  const { id } = await rig.downloads.addUrl(wanted(server.url));
  const done = await rig.settled(id);
  expect(done).toMatchObject({ state: 'complete', path: join(rig.dir, 'clip (2).mp4') });
  expect(rig.sha256('clip (2).mp4')).toBe(sha256);
  expect(readFileSync(victim, 'utf8')).toBe('precious');
  expect(readFileSync(join(rig.dir, 'clip.mp4'), 'utf8')).toBe('mine');
  expect(rig.files()).toEqual(['clip (1).mp4', 'clip (2).mp4', 'clip.mp4', 'clip.mp4.part']);
  expect(statSync(join(rig.dir, 'clip (2).mp4')).mode & 0o777).toBe(0o666 & ~process.umask());
});

it('tries again from the first byte after a wrong hash when asked to', async () => {
  let right = false;
  const server = await serve(() => (right ? honest : { ...honest, flipBitAt: 77 }));
  const rig = await rigOf();
  const { id } = await rig.downloads.addUrl(wanted(server.url));
  expect(await rig.settled(id)).toMatchObject({ state: 'failed', reason: { code: 'HASH_MISMATCH' } });
  right = true;
  await rig.downloads.retry();
  expect(await rig.settled(id, (one) => one.state === 'complete')).toMatchObject({ sha256 });
  expect(rig.files()).toEqual(['clip.mp4']);
});

it('keeps under a rate', async () => {
  const server = await serve(() => honest);
  const rig = await rigOf();
  const startedAt = Date.now();
  const { id } = await rig.downloads.addUrl(wanted(server.url, { maxRate: 2 * 1024 * 1024 }));
  await rig.settled(id);
  expect(Date.now() - startedAt).toBeGreaterThan(800);
});

it('refuses addresses and folders before anything is asked', async () => {
  const rig = await rigOf();
  const add = (url: string, more: object = {}) => rig.downloads.addUrl({ url, ...more });
  await expect(add('http://127.0.0.1/x.mp4')).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
  await expect(add('https://10.0.0.1/x.mp4')).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
  await expect(add('https://a:b@example.org/x.mp4')).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
  await expect(add('https://example.org/x.mp4', { dir: 'here' })).rejects.toMatchObject({ code: 'USAGE' });
  writeFileSync(join(rig.home, 'file'), '');
  const within = { dir: join(rig.home, 'file', 'folder') };
  await expect(add('https://example.org/x.mp4', within)).rejects.toMatchObject({ code: 'DISK_ERROR' });
  expect(rig.downloads.list().counts).toEqual({ active: 0, done: 0, failed: 0 });
  expect(existsSync(join(rig.home, 'file', 'folder'))).toBe(false);
});

it('tells of progress at most four times a second', async () => {
  const server = await serve(() => ({ ...honest, bytesPerSecond: 500_000 }));
  const rig = await rigOf({ connections: 4 });
  const startedAt = Date.now();
  const { id } = await rig.downloads.addUrl(wanted(server.url));
  const moving = await rig.settled(id, (one) => one.bytesPerSecond !== null && one.bytes > 0);
  expect(moving.etaMs).toBeTypeOf('number');
  await rig.settled(id);
  const told = rig.notices.filter((notice) => notice === `download ${id}`).length;
  expect(told).toBeLessThanOrEqual(8 + ((Date.now() - startedAt) / 1000) * 4);
});
