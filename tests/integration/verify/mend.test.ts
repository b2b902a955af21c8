import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { expect, test } from 'vitest';
import { seededBody } from '../../support/fault-body.ts';
import { codeOf, startCore } from '../core/test-core.ts';
import {
  aCheckedFile,
  check,
  decay,
  mend,
  MiB,
  patiently,
  pieceBytes,
  resultsOf,
  sha256Of,
  touch,
  userDbOf,
  type CheckedFile,
} from './a-checked-file.ts';

const flippedAt = 5 * MiB + 5;

const partsBeside = (path: string): string[] =>
  readdirSync(dirname(path)).filter((name) => name.endsWith('.part'));

async function damaged(file: CheckedFile) {
  decay(file.path, flippedAt);
  const run = await check(file.core, { paths: [file.path] });
  const [finding] = await resultsOf(file.core, run.id);
  if (!finding) throw new Error('no finding');
  return { run, finding };
}

test('one flipped bit is found, and only its piece is fetched again', async () => {
  const file = await aCheckedFile(40 * MiB);
  const { core, server, path, sha256 } = file;
  expect((await check(core, { paths: [dirname(path)] })).counts).toMatchObject({ ok: 1, damaged: 0 });
  const { run, finding } = await damaged(file);
  expect(run).toMatchObject({
    state: 'done',
    files: 1,
    checkedFiles: 1,
    bytes: 40 * MiB,
    checkedBytes: 40 * MiB,
  });
  expect(finding).toMatchObject({
    state: 'damaged',
    expectedSha256: sha256,
    sha256: sha256Of(path),
    remedy: 'pieces',
    mend: null,
  });
  const [{ start, end } = { start: 0, end: 0 }, ...elsewhere] = finding.damage;
  expect([elsewhere, start <= flippedAt, flippedAt < end, end - start <= pieceBytes]).toEqual([
    [],
    true,
    true,
    true,
  ]);
  const before = { sent: server.sentBytes(), mtimeMs: statSync(path).mtimeMs };
  const mended = await mend(core, finding);
  expect(mended).toMatchObject({
    state: 'ok',
    sha256,
    damage: [],
    mend: { state: 'done', fetchedBytes: end - start },
  });
  expect(server.sentBytes() - before.sent).toBe(end - start);
  expect(sha256Of(path)).toBe(sha256);
  expect(Math.trunc(statSync(path).mtimeMs)).toBe(Math.trunc(before.mtimeMs));
  expect(partsBeside(path)).toEqual([]);
  expect((await check(core, { clipIds: finding.clipId ? [finding.clipId] : [] })).counts.ok).toBe(1);
});

test('a mending that meets a bug says that it failed, and can be asked for again', async () => {
  const file = await aCheckedFile(12 * MiB);
  const { finding } = await damaged(file);
  const db = userDbOf(file.core);
  db.exec('ALTER TABLE download_seal RENAME TO download_seal_away');
  expect(await mend(file.core, finding)).toMatchObject({ state: 'damaged', mend: { state: 'failed' } });
  db.exec('ALTER TABLE download_seal_away RENAME TO download_seal');
  expect(await mend(file.core, finding)).toMatchObject({ state: 'ok', mend: { state: 'done' } });
});

test('a mended file keeps the mode that its owner gave it', async () => {
  const file = await aCheckedFile();
  const { finding } = await damaged(file);
  chmodSync(file.path, 0o440);
  expect(await mend(file.core, finding)).toMatchObject({ state: 'ok', mend: { state: 'done' } });
  expect(sha256Of(file.path)).toBe(file.sha256);
  expect(statSync(file.path).mode & 0o777).toBe(0o440);
});

test('what a download has under way beside the file is not taken for a copy of ours', async () => {
  const file = await aCheckedFile();
  const { finding } = await damaged(file);
  file.serve({ stallBeforeHead: true });
  await file.core.client.verify.repair({ ids: [finding.id] });
  await patiently(
    () => partsBeside(file.path),
    (parts) => parts.length === 1,
  );
  await file.core.close();
  expect(partsBeside(file.path)).not.toEqual([`${basename(file.path)}.part`]);
  writeFileSync(`${file.path}.part`, 'of a download');
  file.serve({ stallBeforeHead: false });
  const core = await startCore({ home: file.core.home });
  expect(await mend(core, finding)).toMatchObject({ mend: { state: 'done' } });
  expect(readFileSync(`${file.path}.part`, 'utf8')).toBe('of a download');
});

test('a file that somebody has written to is never mended', async () => {
  const { core, path } = await aCheckedFile();
  decay(path, 3 * MiB);
  touch(path);
  const mine = sha256Of(path);
  const run = await check(core, { paths: [path] });
  const [finding] = await resultsOf(core, run.id);
  expect(finding).toMatchObject({ state: 'changed', remedy: 'none', sha256: mine });
  expect(await codeOf(core.client.verify.repair({ ids: [finding?.id ?? ''] }))).toBe('CONFLICT');
  expect(sha256Of(path)).toBe(mine);
});

test('a file that is written to between the check and the mending is left as it is', async () => {
  const file = await aCheckedFile();
  const { finding } = await damaged(file);
  touch(file.path);
  const mine = sha256Of(file.path);
  const { mend: how } = await mend(file.core, finding);
  expect(how).toMatchObject({ state: 'failed', fetchedBytes: 0 });
  expect(how?.detail).toMatch(/changed since the check/);
  expect(sha256Of(file.path)).toBe(mine);
  expect(partsBeside(file.path)).toEqual([]);
});

test('nothing is taken from a source that has another file now', async () => {
  const file = await aCheckedFile();
  const { finding } = await damaged(file);
  const mine = sha256Of(file.path);
  file.serve({ body: seededBody(11 * MiB, 11), etag: '"v2"' });
  expect((await mend(file.core, finding)).mend).toMatchObject({ state: 'failed', fetchedBytes: 0 });
  // The same ETag and size for other bytes: only the hash of the piece tells.
  file.serve({ body: seededBody(10 * MiB, 12), etag: '"v1"' });
  const [{ start, end } = { start: 0, end: 0 }] = finding.damage;
  const damagedBytes = end - start;
  const { mend: how, state } = await mend(file.core, finding);
  expect(how).toMatchObject({ state: 'failed', fetchedBytes: 2 * damagedBytes });
  expect(how?.detail).toMatch(/other bytes now/);
  expect(state).toBe('damaged');
  expect(sha256Of(file.path)).toBe(mine);
  expect(partsBeside(file.path)).toEqual([]);
});

test('the hash of the piece says more than a new ETag for the same bytes', async () => {
  const file = await aCheckedFile();
  const { finding } = await damaged(file);
  file.serve({ etag: '"v2"' });
  expect(await mend(file.core, finding)).toMatchObject({ state: 'ok', mend: { state: 'done' } });
  expect(sha256Of(file.path)).toBe(file.sha256);
});

test('a body that breaks off is gone on with, and a server without ranges is no help', async () => {
  const file = await aCheckedFile();
  const { finding } = await damaged(file);
  file.serve({ ignoreRange: true });
  expect((await mend(file.core, finding)).mend).toMatchObject({ state: 'failed', fetchedBytes: 0 });
  file.serve({ ignoreRange: false, cutAfter: 3 * MiB, cutBy: 'rst' });
  expect(await mend(file.core, finding)).toMatchObject({ state: 'ok', mend: { state: 'done' } });
  expect(sha256Of(file.path)).toBe(file.sha256);
});

test('without a seal the damage has no place, and only a fresh download helps', async () => {
  const file = await aCheckedFile();
  userDbOf(file.core).prepare('DELETE FROM download_seal').run();
  const { finding } = await damaged(file);
  expect(finding).toMatchObject({ state: 'damaged', damage: [], remedy: 'download' });
  const before = readFileSync(file.path);
  expect(await codeOf(file.core.client.verify.repair({ ids: [finding.id] }))).toBe('CONFLICT');
  expect(readFileSync(file.path).equals(before)).toBe(true);
});

test('a mending that is broken off is begun again at the next start, and leaves nothing behind', async () => {
  const file = await aCheckedFile();
  const { finding } = await damaged(file);
  const mine = sha256Of(file.path);
  file.serve({ stallBeforeHead: true });
  await file.core.client.verify.repair({ ids: [finding.id] });
  await patiently(
    () => partsBeside(file.path),
    (parts) => parts.length === 1,
  );
  await file.core.close();
  expect(sha256Of(file.path)).toBe(mine);
  file.serve({ stallBeforeHead: false });
  const core = await startCore({ home: file.core.home });
  expect(await mend(core, finding)).toMatchObject({ state: 'ok', mend: { state: 'done' } });
  expect(sha256Of(file.path)).toBe(file.sha256);
  expect(partsBeside(file.path)).toEqual([]);
});
