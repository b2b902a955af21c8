import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Download } from '../../../shared/contract/downloads.ts';
import { seededBody } from '../../support/fault-body.ts';
import { startFaultServer, type FaultServer } from '../../support/fault-server.ts';
import { createDiskImage, type DiskImage } from '../../support/torture/disk-image.ts';
import { createChecker, type Ack } from '../../support/torture/invariants.ts';
import { readJournal } from '../../support/torture/journal-reader.ts';
import { diceOf, seedsFrom } from '../../support/torture/seeds.ts';
import { startChild, type Child } from '../../support/torture/start-child.ts';
import { whyNoLoopDevice } from '../../support/torture/tools.ts';

const why = whyNoLoopDevice();
const pieceBytes = 32 * 1024;
const bodyOf = (path: string) => {
  const seed = Number(/\d+/.exec(path)?.[0]);
  return seededBody(diceOf(seed).between(1, 400_000), seed);
};

let disk: DiskImage;
let server: FaultServer;

async function add(child: Child, path: string): Promise<Ack | null> {
  const url = `${server.url}${path}`;
  const input = { url, insecureHttp: true, allowPrivate: true };
  const added = (await child.call({ verb: 'addUrl', input })) as Download | null;
  return added && { kind: 'added', id: added.id };
}

/** Downloads and does this and that until the seed says that the power goes; returns what had been acknowledged. */
async function workUntilCut(home: string, seed: number): Promise<{ acks: Ack[]; bytes: number }> {
  const dice = diceOf(seed);
  const acks: Ack[] = [];
  const child = startChild();
  const setup = { home, connections: dice.between(1, 4), parallel: 2, pieceBytes };
  const flush = { everyBytes: dice.pick([16_384, 131_072]), everyMs: dice.pick([10, 60_000]) };
  await child.ready({ ...setup, flush });
  let isOver = false;
  let bytes = 0;
  const working = (async () => {
    for (let index = 0; !isOver; index++) {
      const ack = index < 6 ? await add(child, `/clip-${seed}${index}.mp4`) : null;
      if (isOver) return;
      if (ack) acks.push(ack);
      if (ack && index % 3 === 1) {
        const done = (await child.call({ verb: 'pause', input: { ids: [ack.id] } })) as {
          downloads: Download[];
        } | null;
        if (!isOver && done?.downloads[0]?.state === 'paused') acks.push({ kind: 'paused', id: ack.id });
      }
      const all = (await child.list()) ?? [];
      if (isOver) return;
      bytes = all.reduce((sum, one) => sum + one.bytes, 0);
      for (const { id, state, sha256 } of all) {
        if (state === 'complete') acks.push({ kind: 'complete', id, sha256: sha256 ?? '' });
      }
    }
  })();
  await new Promise((resolve) => setTimeout(resolve, dice.between(20, 400)));
  isOver = true;
  const heard = { acks: [...acks], bytes };
  child.kill('SIGSTOP');
  disk.keepCut();
  child.kill('SIGKILL');
  await Promise.all([working, child.ended]);
  return heard;
}

if (why !== null) console.warn(`Skipped: ${why}.`);

describe.skipIf(why !== null)('a power cut', () => {
  beforeAll(async () => {
    disk = createDiskImage(mkdtempSync(join(tmpdir(), 'rushes-power-')), 24);
    server = await startFaultServer(({ path }) => ({
      body: bodyOf(path),
      etag: `"${path}"`,
      bytesPerSecond: 2_000_000,
    }));
  });
  afterAll(async () => {
    await server.close();
    disk.close();
  });

  it.each(seedsFrom(801, 20))('loses nothing that was acknowledged (seed %i)', async (seed) => {
    disk.renew();
    disk.mount();
    const home = join(disk.dir, 'home');
    mkdirSync(home);
    const { acks, bytes } = await workUntilCut(home, seed);
    disk.mountCut();
    const checker = await createChecker();
    const isRight = (name: string, sha256: string): boolean => bodyOf(name).sha256() === sha256;
    const facts = { home, dirs: [join(home, 'media')], own: new Map(), acks, isStill: false };
    expect(checker.violations({ ...facts, isRight })).toEqual([]);
    const there = readJournal(home);
    const journalled = there
      .flatMap((one) =>
        one.state === 'complete'
          ? [bodyOf(new URL(one.url).pathname).sizeBytes]
          : one.pieces.map(({ start, end }) => end - start),
      )
      .reduce((sum, count) => sum + count, 0);
    console.info(`seed ${seed}: ${acks.length} acknowledged, ${bytes} bytes told, ${journalled} there`);
    expect(journalled).toBeGreaterThanOrEqual(bytes);
    expect(existsSync(home)).toBe(true);
  });
});
