import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createFollowThread,
  type FollowedPiece,
  type FollowThread,
} from '../../../electron/core/files/follow-file.ts';
import { openPart, type PartFile } from '../../../electron/core/files/part-file.ts';
import { loadPieceHash } from '../../../electron/core/files/piece-hash.ts';
import { seededBody } from '../../support/fault-body.ts';
import { followWorkerUrl } from '../../support/fault-rig.ts';

const pieceBytes = 100_000;
const bytes = seededBody(950_000).slice(0, 950_000);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const md5 = createHash('md5').update(bytes).digest('hex');

let dir: string;
let part: PartFile;
let pieces: FollowedPiece[];
let thread: FollowThread;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'rushes-follow-'));
  writeFileSync(join(dir, 'clip.part'), bytes);
  part = await openPart(join(dir, 'clip.part'));
  const pieceHash = await loadPieceHash();
  pieces = [];
  for (let start = 0; start < bytes.byteLength; start += pieceBytes) {
    const hash = pieceHash();
    const some = bytes.subarray(start, start + pieceBytes);
    hash.update(some);
    pieces.push({ start, length: some.byteLength, xxh64: hash.digest() });
  }
  thread = createFollowThread({ workerUrl: followWorkerUrl });
});
afterEach(async () => {
  await thread.close();
  await part.close();
  rmSync(dir, { recursive: true });
});

const follow = (present: readonly FollowedPiece[] = []) => {
  const task = { path: part.path, identity: part.identity, kinds: ['sha256', 'md5'] as const };
  return thread.follow(task, bytes.byteLength, present);
};

test('hashes a file whose pieces come in any order, some from an earlier run', async () => {
  const follower = follow(pieces.slice(0, 3));
  for (const piece of pieces.slice(3).toReversed()) follower.journalled([piece]);
  expect(await follower.result()).toMatchObject({
    isWhole: true,
    whole: { sha256, md5 },
    damaged: [],
    sizeBytes: bytes.byteLength,
  });
});

test('follows several files in one thread', async () => {
  const followers = [follow(), follow(pieces), follow()];
  for (const piece of pieces) for (const one of followers) one.journalled([piece]);
  for (const one of followers) expect((await one.result())?.whole).toEqual({ sha256, md5 });
});

test('finds the piece that is not as it was received', async () => {
  const follower = follow();
  follower.journalled(pieces.map((piece, at) => (at === 4 ? { ...piece, xxh64: '0'.repeat(16) } : piece)));
  expect(await follower.result()).toMatchObject({ isWhole: true, damaged: [4 * pieceBytes] });
});

test('does not vouch for a file with a gap, one that has grown, or another of its name', async () => {
  const gap = follow(pieces.filter((_piece, at) => at !== 5));
  expect(await gap.result()).toBeNull();

  const grown = follow(pieces);
  appendFileSync(part.path, 'x');
  expect((await grown.result())?.isWhole).toBe(false);

  renameSync(part.path, join(dir, 'away'));
  writeFileSync(part.path, bytes);
  expect((await follow(pieces).result())?.isWhole).toBe(false);
});

test('says nothing of a file that cannot be read, and goes on with others', async () => {
  const task = { path: join(dir, 'none'), identity: part.identity, kinds: ['sha256'] as const };
  const missing = thread.follow(task, bytes.byteLength, pieces);
  expect(await missing.result()).toBeNull();
  expect((await follow(pieces).result())?.whole.sha256).toBe(sha256);
});

test('says nothing once it was closed', async () => {
  const follower = follow(pieces);
  const result = follower.result();
  follower.close();
  expect(await result).toBeNull();
});
