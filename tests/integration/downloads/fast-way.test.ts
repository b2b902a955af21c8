import { afterEach, expect, test } from 'vitest';
import { decodeSeal } from '../../../electron/core/downloads/seal.ts';
import { seededBody } from '../../support/fault-body.ts';
import { startRig, type Rig, type RigOptions } from '../../support/fault-rig.ts';
import { startFaultServer, type Behaviour, type FaultServer } from '../../support/fault-server.ts';

// Large enough to be hashed while it is fetched.
const body = seededBody(17 * 1024 * 1024 + 5);
const sha256 = body.sha256();
const pieceBytes = 1024 * 1024;
const ways = [
  ['the fast way', { plain: false }],
  ['the plain way', { plain: true }],
] satisfies [string, RigOptions][];

let rig: Rig | null = null;
let server: FaultServer | null = null;
afterEach(async () => {
  await rig?.close();
  await server?.close();
});

async function begin(options: RigOptions, behave: (number: number) => Behaviour) {
  server = await startFaultServer(({ number }) => ({ body, etag: '"a"', ...behave(number) }));
  rig = await startRig({ pieceBytes, connections: 4, ...options });
  const url = `${server.url}/clip.mp4`;
  const { id } = await rig.downloads.addUrl({ url, insecureHttp: true, allowPrivate: true });
  return { id, rig, server };
}

test.each(ways)('brings the file byte for byte by %s, with a seal of all its pieces', async (_way, way) => {
  const { id, rig: its } = await begin(way, () => ({}));
  expect(await its.settled(id)).toMatchObject({ state: 'complete', sha256, verified: 'size' });
  const seal = its.db.prepare('SELECT pieces FROM download_seal WHERE download_id = ?').pluck().get(id);
  expect(decodeSeal(seal as Uint8Array, body.sizeBytes)).not.toBeNull();
  expect(its.db.prepare('SELECT count(*) FROM download_piece').pluck().get()).toBe(0);
});

test.each(ways)('loses nothing when it is paused amid pieces on %s', async (_way, way) => {
  let slow = true;
  const tuning = { flush: { everyBytes: 256 * 1024, everyMs: 100 } };
  const {
    id,
    rig: its,
    server: at,
  } = await begin({ ...way, tuning }, () => (slow ? { bytesPerSecond: 400_000 } : {}));
  for (let pauses = 0; pauses < 3; pauses++) {
    const before = its.downloads.get({ id }).bytes;
    await its.settled(id, (one) => one.bytes > before);
    await its.downloads.pause({ ids: [id] });
    const { bytes } = await its.settled(id, (one) => one.state === 'paused');
    const pieces = its.db.prepare('SELECT sum(length_bytes) FROM download_piece').pluck().get();
    expect(bytes).toBe(pieces);
    await its.downloads.resume({ ids: [id] });
  }
  await its.downloads.pause({ ids: [id] });
  await its.settled(id, (one) => one.state === 'paused');
  const kept = its.db
    .prepare('SELECT start_byte AS start, length_bytes AS length FROM download_piece')
    .all() as {
    start: number;
    length: number;
  }[];
  const asked = at.requests.length;
  slow = false;
  await its.downloads.resume({ ids: [id] });
  expect(await its.settled(id, (one) => one.state === 'complete' || one.state === 'failed')).toMatchObject({
    state: 'complete',
    sha256,
  });
  // What was journalled is not asked for again, to the byte.
  const again = at.requests
    .slice(asked)
    .filter(({ range }) =>
      kept.some(({ start, length }) => range && range.first < start + length && range.last >= start),
    );
  expect(again).toEqual([]);
});

test.each(ways)('goes on where connections break, again and again, on %s', async (_way, way) => {
  const { id, rig: its } = await begin(way, (number) =>
    number % 3 === 0 ? { cutAfter: 400_000 + number, cutBy: number % 2 === 0 ? 'rst' : 'fin' } : {},
  );
  expect(await its.settled(id)).toMatchObject({ state: 'complete', sha256 });
});

test('goes on when the transfer thread dies, and goes the plain way after the third time', async () => {
  const transferWorkerUrl = new URL('../../support/dying-transfer-worker.ts', import.meta.url);
  const { id, rig: its } = await begin({ transferWorkerUrl }, () => ({ bytesPerSecond: 6_000_000 }));
  const done = await its.settled(id, (one) => one.state === 'complete' || one.state === 'failed');
  expect(done).toMatchObject({ state: 'complete', sha256 });
  expect(its.logged.filter((line) => line.startsWith('The transfer thread ended.'))).toHaveLength(3);
});

test('follows a limit that comes in the middle of a body', async () => {
  let limited = false;
  const { id, rig: its } = await begin(
    {
      connections: 1,
      tuning: { pieceSize: () => body.sizeBytes },
      settings: {
        traffic: () => ({
          profiles: [
            { id: 'free', name: 'Free', bytesPerSecond: null },
            { id: 'slow', name: 'Slow', bytesPerSecond: 1_000_000 },
          ],
          outside: limited ? 'slow' : 'free',
          windows: [],
        }),
      },
    },
    // Slow enough that a busy machine does not see the end of it before the limit.
    () => ({ bytesPerSecond: 5_000_000 }),
  );
  await its.settled(id, (one) => one.bytes > 0 || one.state === 'complete');
  limited = true;
  const { bytes } = its.downloads.get({ id });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const then = its.downloads.get({ id });
  expect(then.state).toBe('running');
  expect(then.bytes - bytes).toBeLessThan(4_500_000);
  await its.downloads.cancel({ ids: [id] });
});
