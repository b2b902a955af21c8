import { createHash } from 'node:crypto';
import { appendFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { body, honest, rigOf, serve, sha256, slow, wanted } from '../../support/a-download.ts';
import { waitFor, type Rig } from '../../support/fault-rig.ts';
import { createChecker, type Ack, type Facts } from '../../support/torture/invariants.ts';

/** A home with one finished download, one that stands half-way, and a file of the user's own. */
async function aHome(): Promise<{ rig: Rig; facts: Facts; done: string; half: string; own: string }> {
  const server = await serve(({ path }) => (path.includes('half') ? slow : honest));
  const rig = await rigOf({ connections: 2 });
  const done = await rig.downloads.addUrl(wanted(server.url));
  await rig.settled(done.id);
  const half = await rig.downloads.addUrl(wanted(server.url, { url: `${server.url}/half.mp4` }));
  await waitFor(
    () => rig.downloads.get({ id: half.id }).bytes,
    (bytes) => bytes > 100_000,
  );
  await rig.downloads.pause();
  await rig.stop();
  const own = join(rig.dir, 'own.txt');
  writeFileSync(own, 'mine');
  const acks: Ack[] = [
    { kind: 'complete', id: done.id, sha256 },
    { kind: 'paused', id: half.id },
  ];
  const facts: Facts = {
    home: rig.home,
    dirs: [rig.dir],
    isRight: (_, found) => found === sha256,
    own: new Map([[own, createHash('sha256').update('mine').digest('hex')]]),
    acks,
    isStill: true,
  };
  return { rig, facts, done: join(rig.dir, 'clip.mp4'), half: join(rig.dir, 'half.mp4.part'), own };
}

it('finds nothing wrong with a home that is sound, and each thing that is wrong with one that is not', async () => {
  const { facts, done, half, own, rig } = await aHome();
  const { violations } = await createChecker();
  const kinds = (more: Partial<Facts> = {}): string[] =>
    [...new Set(violations({ ...facts, ...more }).map((one) => one.slice(0, one.indexOf(':'))))].sort();
  expect(violations(facts)).toEqual([]);

  const first = body.slice(0, 1);
  writeFileSync(done, Buffer.concat([Buffer.from([(first[0] ?? 0) ^ 1]), body.slice(1, body.sizeBytes)]));
  expect(kinds()).toEqual(['I1', 'I3']);
  rmSync(done);
  expect(kinds()).toEqual(['I3']);
  writeFileSync(done, body.slice(0, body.sizeBytes));

  truncateSync(half, 10);
  expect(kinds()).toEqual(['I2']);
  rmSync(half);
  expect(kinds()).toEqual(['I2']);
  appendFileSync(own, '!');
  writeFileSync(join(rig.dir, 'other.mp4.part'), '');
  expect(kinds()).toEqual(['I2', 'I5', 'I9']);
  expect(kinds({ acks: [{ kind: 'added', id: 'forgotten' }] })).toContain('I6');
});
