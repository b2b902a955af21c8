import { createHash } from 'node:crypto';
import { link, open as openFile, rename, unlink } from 'node:fs/promises';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freeSpace } from '../../../electron/core/files/free-space.ts';
import { hashFile } from '../../../electron/core/files/hash-file.ts';
import { createPart, openPart, samePlace } from '../../../electron/core/files/part-file.ts';
import { loadPieceHash } from '../../../electron/core/files/piece-hash.ts';
import { freePartName, publish, removePart } from '../../../electron/core/files/publish-file.ts';
import { hashWorkerUrl } from '../../support/fault-rig.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rushes-files-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const noLinks = (() => Promise.reject(Object.assign(new Error('x'), { code: 'EPERM' }))) as typeof link;
const intend = (): void => undefined;

it('creates a partial file that nobody else can read and that was not there', async () => {
  const part = await createPart(dir, 'a.part');
  expect(statSync(part.path).mode & 0o777).toBe(0o600);
  await part.close();
  await expect(createPart(dir, 'a.part')).rejects.toMatchObject({ code: 'EEXIST' });
  symlinkSync(join(dir, 'nowhere'), join(dir, 'b.part'));
  await expect(createPart(dir, 'b.part')).rejects.toMatchObject({ code: 'EEXIST' });
  expect(existsSync(join(dir, 'nowhere'))).toBe(false);
  expect(await freePartName(dir, 'b')).toBe('b (1).part');
});

it('opens plain files only', async () => {
  writeFileSync(join(dir, 'victim'), 'x');
  symlinkSync(join(dir, 'victim'), join(dir, 'a.part'));
  await expect(openPart(join(dir, 'a.part'))).rejects.toMatchObject({ reason: 'FILE_VANISHED' });
  await expect(openPart(join(dir, 'none.part'))).rejects.toMatchObject({ reason: 'FILE_VANISHED' });
  await removePart(join(dir, 'a.part'));
  expect(readdirSync(dir)).toEqual(['a.part', 'victim']);
});

it('writes at any place and in any order', async () => {
  const part = await createPart(dir, 'a.part');
  await part.write(Buffer.from('world'), 6);
  await part.write(Buffer.from('hello '), 0);
  await part.syncData();
  await part.seal();
  expect(await part.sizeBytes()).toBe(11);
  await part.close();
  expect(readFileSync(part.path, 'utf8')).toBe('hello world');
  expect(statSync(part.path).mode & 0o777).toBe(0o666 & ~process.umask());
});

it.each(['deleted', 'moved away', 'replaced'])('sees that the open file was %s', async (fate) => {
  const part = await createPart(dir, 'a.part');
  await part.assertSamePlace();
  if (fate === 'deleted') await unlink(part.path);
  else await rename(part.path, `${part.path}.moved`);
  if (fate === 'replaced') writeFileSync(part.path, 'another');
  await part.write(Buffer.from('into the void'), 0);
  await expect(part.assertSamePlace()).rejects.toMatchObject({ reason: 'FILE_VANISHED' });
  await part.close();
  const handle = await openFile(join(dir, fate === 'deleted' ? 'b' : 'a.part.moved'), 'a');
  expect(await samePlace(handle, part.path)).toBe(false);
  await handle.close();
});

it.each([
  ['with hard links', undefined],
  ['without hard links', noLinks],
])('publishes without replacing anything, %s', async (_name, linkWith) => {
  writeFileSync(join(dir, 'clip.mp4'), 'mine');
  symlinkSync(join(dir, 'nowhere'), join(dir, 'clip (1).mp4'));
  writeFileSync(join(dir, 'clip.mp4.part'), 'new');
  const intended: string[] = [];
  const path = await publish({
    partPath: join(dir, 'clip.mp4.part'),
    dir,
    fileName: 'clip.mp4',
    intend: (target) => intended.push(target),
    ...(linkWith ? { link: linkWith } : {}),
  });
  expect(path).toBe(join(dir, 'clip (2).mp4'));
  expect(intended).toEqual([path]);
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(readFileSync(join(dir, 'clip.mp4'), 'utf8')).toBe('mine');
  expect(readdirSync(dir)).toEqual(['clip (1).mp4', 'clip (2).mp4', 'clip.mp4']);
});

it.each([
  ['with hard links', link],
  ['without hard links', noLinks],
])('takes the next name when one is taken in the very moment, %s', async (_name, linkWith) => {
  writeFileSync(join(dir, 'clip.mp4.part'), 'new');
  let raced = false;
  const path = await publish({
    partPath: join(dir, 'clip.mp4.part'),
    dir,
    fileName: 'clip.mp4',
    intend,
    link: async (from, to) => {
      if (!raced) writeFileSync(String(to), 'theirs');
      raced = true;
      return linkWith(from, to);
    },
  });
  expect(path).toBe(join(dir, 'clip (1).mp4'));
  expect(readFileSync(join(dir, 'clip.mp4'), 'utf8')).toBe('theirs');
});

it('leaves a file alone that has taken the name of ours', async () => {
  const part = await createPart(dir, 'a.part');
  await part.close();
  await rename(part.path, join(dir, 'kept'));
  writeFileSync(part.path, 'another');
  await removePart(part.path, part.identity);
  expect(existsSync(part.path)).toBe(true);
});

it('says why a file cannot be published', async () => {
  const what = { partPath: join(dir, 'none.part'), dir, fileName: 'clip.mp4', intend };
  await expect(publish(what)).rejects.toMatchObject({ reason: 'FILE_VANISHED' });
  expect(readdirSync(dir)).toEqual([]);
});

it('hashes in a worker: whole files, several kinds, single ranges', async () => {
  const bytes = Buffer.alloc(3_000_000, 'rushes');
  const path = join(dir, 'a');
  writeFileSync(path, bytes);
  const of = (kind: string, part: Buffer): string => createHash(kind).update(part).digest('hex');
  const pieceHash = await loadPieceHash();
  const pieceHashOf = (part: Buffer): string => {
    const hash = pieceHash();
    hash.update(part);
    return hash.digest();
  };
  const ranges = [
    { start: 0, length: 10 },
    { start: 2_999_990, length: 100 },
  ];
  const hashes = await hashFile({ path, kinds: ['sha256', 'md5'], ranges, workerUrl: hashWorkerUrl });
  expect(hashes).toMatchObject({
    whole: { sha256: of('sha256', bytes), md5: of('md5', bytes) },
    pieces: [pieceHashOf(bytes.subarray(0, 10)), pieceHashOf(bytes.subarray(2_999_990))],
    sizeBytes: bytes.byteLength,
  });
});

it('stops hashing when told to, and says when there is nothing to hash', async () => {
  const path = join(dir, 'a');
  const handle = await openFile(path, 'w');
  await handle.truncate(8_000_000_000);
  await handle.close();
  const startedAt = Date.now();
  const signal = AbortSignal.timeout(100);
  await expect(hashFile({ path, kinds: ['sha256'], workerUrl: hashWorkerUrl, signal })).rejects.toThrow(
    'timeout',
  );
  expect(Date.now() - startedAt).toBeLessThan(3000);
  const missing = hashFile({ path: join(dir, 'none'), kinds: ['sha256'], workerUrl: hashWorkerUrl });
  await expect(missing).rejects.toMatchObject({ reason: 'FILE_VANISHED' });
});

it('knows how much room there is', async () => {
  expect(await freeSpace(dir)).toBeGreaterThan(0);
  expect(await freeSpace(join(dir, 'none'))).toBeNull();
});

it('sees a clash of names in a folder of thousands without standing still', async () => {
  for (let number = 0; number < 3000; number++) writeFileSync(join(dir, `Clip ${number}.mp4`), '');
  writeFileSync(join(dir, 'new.part'), 'new');
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const path = await publish({ partPath: join(dir, 'new.part'), dir, fileName: 'CLIP 2999.MP4', intend });
  clearInterval(timer);
  expect(path).toBe(join(dir, 'CLIP 2999 (1).MP4'));
  expect(turns).toBeGreaterThan(0);
});
