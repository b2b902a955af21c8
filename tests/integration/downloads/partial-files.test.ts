import { appendFileSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { body, honest, rigOf, serve, sha256, slow, wanted } from '../../support/a-download.ts';
import { patient, startRig, waitFor, type Rig } from '../../support/fault-rig.ts';

it('fetches only the damaged piece again when the partial file was changed', async () => {
  const server = await serve(() => honest);
  let spoil = true;
  const rig: Rig = await rigOf({
    connections: 1,
    tuning: patient,
    checkpoint: (name) => {
      if (name !== 'fetched' || !spoil) return;
      spoil = false;
      const path = join(rig.dir, 'clip.mp4.part');
      const bytes = readFileSync(path);
      bytes[200_000] = (bytes[200_000] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    },
  });
  const { id } = await rig.downloads.addUrl(wanted(server.url));
  expect(await rig.settled(id)).toMatchObject({ state: 'complete', sha256 });
  expect(server.sentBytes()).toBe(body.sizeBytes + 64 * 1024);
});

it('checks the journal when the partial file is another one, and keeps what is right', async () => {
  const server = await serve(() => slow);
  const rig = await rigOf({ connections: 1 });
  const { id } = await rig.downloads.addUrl(wanted(server.url));
  await waitFor(
    () => rig.downloads.get({ id }).bytes,
    (bytes) => bytes > 300_000,
  );
  await rig.stop();
  const part = join(rig.dir, 'clip.mp4.part');
  const copy = readFileSync(part);
  writeFileSync(`${part}.copy`, copy.fill(0, 0, 10));
  renameSync(`${part}.copy`, part);
  const next = await startRig({ home: rig.home, connections: 4 });
  try {
    expect(await next.settled(id)).toMatchObject({ state: 'complete', sha256 });
    expect(server.sentBytes()).toBeLessThan(body.sizeBytes + 300_000);
  } finally {
    await next.stop();
  }
});

it('fetches again what a shortened partial file lacks', async () => {
  const server = await serve(() => slow);
  const rig = await rigOf({ connections: 1 });
  const { id } = await rig.downloads.addUrl(wanted(server.url));
  await waitFor(
    () => rig.downloads.get({ id }).bytes,
    (bytes) => bytes > 300_000,
  );
  await rig.stop();
  truncateSync(join(rig.dir, 'clip.mp4.part'), 100_000);
  const next = await startRig({ home: rig.home, connections: 4 });
  expect(await next.settled(id)).toMatchObject({ state: 'complete', sha256 });
  await next.stop();
});

it('sees that its file was taken away while it writes, and begins anew', async () => {
  const server = await serve(() => slow);
  const rig = await rigOf({ connections: 1 });
  const { id } = await rig.downloads.addUrl(wanted(server.url));
  await waitFor(
    () => rig.downloads.get({ id }).bytes,
    (bytes) => bytes > 100_000,
  );
  rmSync(join(rig.dir, 'clip.mp4.part'));
  const waiting = await rig.settled(id, (one) => one.state === 'waiting');
  expect(waiting.reason?.code).toBe('FILE_VANISHED');
  expect(await rig.settled(id)).toMatchObject({ state: 'complete', sha256 });
});

it('waits for a volume that is away instead of fetching onto another one', async () => {
  const server = await serve(() => slow);
  const rig = await rigOf({ connections: 1 });
  const { id } = await rig.downloads.addUrl(wanted(server.url));
  await waitFor(
    () => rig.downloads.get({ id }).bytes,
    (bytes) => bytes > 100_000,
  );
  await rig.downloads.pause();
  // As if the folder lay on another volume now: the mount point is there, the partial file is not.
  rig.db.prepare("UPDATE download SET part_dev = '1'").run();
  const part = join(rig.dir, 'clip.mp4.part');
  renameSync(part, join(rig.home, 'away'));
  // A request that was on its way when it was paused is not to be counted with those that come after.
  server.dropConnections();
  const asked = server.requests.length;
  await rig.downloads.resume();
  const waiting = await rig.settled(id, (one) => one.state === 'waiting');
  expect(waiting).toMatchObject({ reason: { code: 'FILE_VANISHED' } });
  expect(waiting.bytes).toBeGreaterThan(100_000);
  expect(rig.files()).toEqual([]);
  expect(server.requests.length).toBe(asked);
  renameSync(join(rig.home, 'away'), part);
  expect(await rig.settled(id)).toMatchObject({ state: 'complete', sha256 });
});

it.each([4, 1])(
  'cuts a lengthened partial file and goes on with what it has, over %i connections',
  async (most) => {
    const server = await serve(() => slow);
    const rig = await rigOf({ connections: 1, tuning: patient });
    const { id } = await rig.downloads.addUrl(wanted(server.url));
    await waitFor(
      () => rig.downloads.get({ id }).bytes,
      (bytes) => bytes > 300_000,
    );
    await rig.stop();
    const part = join(rig.dir, 'clip.mp4.part');
    truncateSync(part, body.sizeBytes);
    appendFileSync(part, 'what another program has added');
    const kept = server.sentBytes();
    const next = await startRig({ home: rig.home, connections: most, tuning: patient });
    try {
      expect(await next.settled(id)).toMatchObject({ state: 'complete', sha256 });
      expect(server.sentBytes()).toBeLessThan(Math.max(body.sizeBytes, kept) + 300_000);
      expect(next.files()).toEqual(['clip.mp4']);
    } finally {
      await next.stop();
    }
  },
);

it('cuts a partial file that was lengthened while it was fetched, and fetches nothing again', async () => {
  const server = await serve(() => honest);
  let lengthened = false;
  const rig: Rig = await rigOf({
    connections: 4,
    tuning: patient,
    checkpoint: (name) => {
      if (name !== 'fetched' || lengthened) return;
      lengthened = true;
      appendFileSync(join(rig.dir, 'clip.mp4.part'), 'more');
    },
  });
  const { id } = await rig.downloads.addUrl(wanted(server.url));
  expect(await rig.settled(id)).toMatchObject({ state: 'complete', sha256 });
  expect(server.sentBytes()).toBe(body.sizeBytes);
});

it('leaves alone what somebody has put in the place of the partial file', async () => {
  const server = await serve(() => slow);
  const rig = await rigOf({ connections: 1 });
  const { id } = await rig.downloads.addUrl(wanted(server.url));
  await waitFor(
    () => rig.downloads.get({ id }).bytes,
    (bytes) => bytes > 300_000,
  );
  await rig.stop();
  const part = join(rig.dir, 'clip.mp4.part');
  const own = 'a file of mine '.repeat(200_000);
  writeFileSync(part, own);
  const next = await startRig({ home: rig.home, connections: 4 });
  try {
    expect(await next.settled(id)).toMatchObject({ state: 'complete', sha256 });
    expect(readFileSync(part, 'utf8')).toBe(own);
  } finally {
    await next.stop();
  }
});
