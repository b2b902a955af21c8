import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../support/temp.ts';
import { aLibrary, byName, put } from '../core/a-library.ts';
import { runChild } from '../core/run-child.ts';
import { codeOf, startCore, until } from '../core/test-core.ts';
import { check, decay, ended, resultsOf, touch, userDbOf } from './a-checked-file.ts';

const stateOf = async (library: Awaited<ReturnType<typeof aLibrary>>, path: string) => {
  const run = await check(library.core, { paths: [path] });
  return (await resultsOf(library.core, run.id)).map(({ state, detail }) => [state, detail]);
};

/** Waits for the library's own hashes. */
async function hashed(library: Awaited<ReturnType<typeof aLibrary>>, name: string): Promise<string> {
  const { id } = await byName(library.core, name);
  await until(
    () => library.core.client.library.get({ id }),
    ({ sha256 }) => sha256 !== null,
  );
  return id;
}

test('a file without a hash is recorded, and proven the next time', async () => {
  const library = await aLibrary((dir) => put(dir, 'a.mp4'));
  const path = join(library.dir, 'a.mp4');
  const id = await hashed(library, 'a.mp4');
  userDbOf(library.core).prepare('UPDATE clip SET sha256 = NULL').run();
  expect(await stateOf(library, path)).toEqual([['unproven', null]]);
  const { id: clipId } = await byName(library.core, 'a.mp4');
  expect(clipId).toBe(id);
  expect((await library.core.client.library.get({ id: clipId })).sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(await stateOf(library, path)).toEqual([['ok', null]]);
  const { results } = await library.core.client.verify.ofClip({ clipId });
  expect(results).toMatchObject([{ path, state: 'ok' }]);
});

test('a file from elsewhere that decays is damaged, and one that is edited changed; neither can be fetched', async () => {
  const library = await aLibrary((dir) => {
    put(dir, 'a.mp4');
    put(dir, 'b.mp4');
  });
  await hashed(library, 'a.mp4');
  await hashed(library, 'b.mp4');
  decay(join(library.dir, 'a.mp4'), 0);
  decay(join(library.dir, 'b.mp4'), 0);
  touch(join(library.dir, 'b.mp4'));
  const run = await check(library.core, {});
  expect(run.counts).toMatchObject({ damaged: 1, changed: 1 });
  expect((await resultsOf(library.core, run.id)).map(({ remedy }) => remedy)).toEqual(['none', 'none']);
});

test('what is gone is missing; what is away with its folder or volume is offline', async () => {
  const library = await aLibrary((dir) => {
    put(dir, 'a.mp4');
    put(dir, 'sub/b.mp4');
  });
  const away = `${library.dir} away`;
  rmSync(join(library.dir, 'a.mp4'));
  expect(await stateOf(library, join(library.dir, 'a.mp4'))).toEqual([
    ['missing', 'It is not where it was.'],
  ]);
  renameSync(library.dir, away);
  expect((await check(library.core, {})).counts).toMatchObject({ offline: 2, missing: 0 });
  mkdirSync(library.dir);
  expect((await check(library.core, {})).counts).toMatchObject({ offline: 2, missing: 0 });
});

test('what is no plain file any more is unreadable', async () => {
  const library = await aLibrary((dir) => put(dir, 'a.mp4'));
  const path = join(library.dir, 'a.mp4');
  rmSync(path);
  mkdirSync(path);
  expect(await stateOf(library, path)).toEqual([['unreadable', 'It is no plain file any more.']]);
});

test('a file is found by a name that leads through a link as well', async () => {
  const library = await aLibrary((dir) => put(dir, 'a.mp4'));
  const link = join(tempDir(), 'link');
  symlinkSync(library.dir, link);
  expect((await check(library.core, { paths: [link] })).files).toBe(1);
  expect((await check(library.core, { paths: [join(link, 'a.mp4')] })).files).toBe(1);
});

test('nothing known is nothing to check', async () => {
  const { core, dir } = await aLibrary();
  expect(await codeOf(core.client.verify.start({}))).toBe('NOT_FOUND');
  writeFileSync(join(dir, 'x.mp4'), 'x');
  expect(await codeOf(core.client.verify.start({ paths: [join(dir, 'x.mp4')] }))).toBe('NOT_FOUND');
  expect(await codeOf(core.client.verify.start({ paths: [join(dir, 'x.mp4')], manifest: true }))).toBe(
    'USAGE',
  );
  expect(await codeOf(core.client.verify.status({ runId: 'x' }))).toBe('NOT_FOUND');
  expect(await core.client.verify.status({})).toEqual({ run: null });
});

test('the same check asked for twice at once is one', async () => {
  const { core } = await aLibrary((dir) => put(dir, 'a.mp4'));
  const [one, other] = await Promise.all([core.client.verify.start({}), core.client.verify.start({})]);
  expect(other.id).toBe(one.id);
  await ended(core, one.id);
});

test('a check that is ended keeps what it found', async () => {
  const library = await aLibrary((dir) => {
    for (let at = 0; at < 40; at++) put(dir, `${at}.mp4`, `${at}`.repeat(3_000_000));
  });
  const started = await library.core.client.verify.start({});
  expect((await library.core.client.verify.start({})).id).toBe(started.id);
  const run = await library.core.client.verify.cancel({ runId: started.id });
  expect(run.state).toBe('cancelled');
  expect(run.checkedFiles).toBeLessThan(40);
  expect(await resultsOf(library.core, run.id)).toHaveLength(run.checkedFiles);
});

test('results come in pages, and problems by themselves', async () => {
  const library = await aLibrary((dir) => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) put(dir, `${name}.mp4`);
  });
  for (const name of ['b', 'd']) rmSync(join(library.dir, `${name}.mp4`));
  const { id: runId } = await check(library.core, {});
  const { verify } = library.core.client;
  const first = await verify.results({ runId, limit: 2 });
  const second = await verify.results({ runId, limit: 3, cursor: first.nextCursor ?? '' });
  const names = [...first.results, ...second.results].map(({ path }) => path.slice(dirname(path).length + 1));
  expect(names).toEqual(['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4', 'e.mp4']);
  expect(second.nextCursor).toBeNull();
  expect((await verify.results({ runId, show: 'problems' })).results).toHaveLength(2);
  expect((await verify.results({ runId, show: 'missing', limit: 1 })).nextCursor).not.toBeNull();
});

test('a check that is killed midway goes on where it was', async () => {
  const dir = tempDir();
  const home = join(dir, 'home');
  const files = 12;
  for (let at = 0; at < files; at++) put(join(dir, 'footage'), `${at}.mp4`, `${at} `.repeat(1_000_000));
  const child = runChild('check-slowly', [home, join(dir, 'footage')]);
  const runId = (await child.line('run ')).slice(4);
  await child.line('checked ');
  await child.kill();
  const core = await startCore({ home });
  const db = userDbOf(core);
  const before = db
    .prepare(`SELECT path, checked_at_ms FROM check_item WHERE state <> 'todo' ORDER BY id LIMIT 3`)
    .all() as { path: string; checked_at_ms: number }[];
  expect(before.length).toBeGreaterThan(0);
  const run = await ended(core, runId);
  expect(run).toMatchObject({ id: runId, state: 'done', files, checkedFiles: files });
  const after = new Map((await resultsOf(core, runId)).map((one) => [one.path, one.checkedAtMs]));
  for (const one of before) expect(after.get(one.path)).toBe(one.checked_at_ms);
});
