import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ClipRow } from '../../../shared/contract/library.ts';
import type { ClipId } from '../../../shared/contract/values.ts';
import { tempDir } from '../../support/temp.ts';
import { aLibrary, byName, clipsOf, put, rest } from './a-library.ts';
import { runChild } from './run-child.ts';
import { codeOf, startCore } from './test-core.ts';

test('a folder is taken in once, and a second look finds nothing new', async () => {
  const { core, first, scan, dir, root } = await aLibrary((at) => {
    put(at, 'a.mp4');
    put(at, 'deep/er/b.MOV');
    put(at, 'notes.txt');
    put(at, '.hidden.mp4');
    put(at, '.trash/c.mp4');
    put(at, 'empty.mp4', '');
  });
  expect(first).toMatchObject({ added: 2, changed: 0, missing: 0 });
  expect(root).toMatchObject({ path: dir, online: true, reason: null, clips: 2 });
  expect(await scan()).toMatchObject({ added: 0, changed: 0, missing: 0 });
  expect(await core.client.library.addRoot({ path: `${dir}/` })).toMatchObject({ added: 0 });
  expect((await core.client.library.roots({})).roots).toHaveLength(1);
  expect((await clipsOf(core)).map(({ fileName }) => fileName)).toEqual(['a.mp4', 'b.MOV']);
});

test('a renamed and moved file is the same clip and keeps what was said of it', async () => {
  const { core, dir, scan } = await aLibrary((at) => put(at, 'C0001.mp4'));
  const before = await byName(core, 'C0001.mp4');
  await core.client.tags.apply({
    clipIds: [before.id],
    add: ['interview'],
    rating: 4,
    note: 'the good take',
  });
  mkdirSync(join(dir, 'day 1'));
  renameSync(join(dir, 'C0001.mp4'), join(dir, 'day 1', 'minister.mp4'));
  expect(await scan()).toMatchObject({ added: 1, missing: 1 });
  const clips = await clipsOf(core);
  expect(clips).toHaveLength(1);
  expect(clips[0]).toMatchObject({
    id: before.id,
    fileName: 'minister.mp4',
    tags: ['interview'],
    rating: 4,
    missing: false,
  });
  expect((await core.client.library.list({ query: 'minister' })).total).toBe(1);
});

test('the same content twice is one clip in two places', async () => {
  const { core, dir, scan } = await aLibrary((at) => {
    put(at, 'a.mp4', 'same');
    put(at, 'b.mp4', 'same');
  });
  const [clip, ...others] = await clipsOf(core);
  expect(others).toEqual([]);
  const places = async () =>
    (await core.client.library.get({ id: clip?.id as ClipId })).places.map(({ present }) => present);
  expect(await places()).toEqual([true, true]);
  rmSync(join(dir, 'a.mp4'));
  await scan();
  expect(await places()).toEqual([true, false]);
  expect((await clipsOf(core))[0]).toMatchObject({ fileName: 'b.mp4', missing: false });
});

test('a file that is gone is missing with a reason, and back when it is back', async () => {
  const { core, dir, scan } = await aLibrary((at) => {
    put(at, 'a.mp4');
    put(at, 'b.mp4');
  });
  renameSync(join(dir, 'a.mp4'), join(dir, '..', 'away.mp4'));
  expect(await scan()).toMatchObject({ missing: 1 });
  const gone = await byName(core, 'a.mp4');
  expect(gone).toMatchObject({ missing: true, path: null });
  expect(gone.steps.find(({ step }) => step === 'bytes')).toMatchObject({ state: 'failed' });
  renameSync(join(dir, '..', 'away.mp4'), join(dir, 'a.mp4'));
  await scan();
  expect(await byName(core, 'a.mp4')).toMatchObject({ id: gone.id, missing: false });
});

test('other content at the same place is another clip, and the old one is not found by that name', async () => {
  const { core, dir, scan } = await aLibrary((at) => {
    put(at, 'a_take.mp4', 'one');
    put(at, 'b.mp4');
  });
  const old = await byName(core, 'a_take.mp4');
  put(dir, 'a_take.mp4', 'two, longer');
  expect(await scan()).toMatchObject({ added: 0, changed: 1 });
  expect((await core.client.library.get({ id: old.id })).missing).toBe(true);
  const found = (await core.client.library.list({ query: 'take' })).items;
  expect(found.filter(({ missing }) => !missing)).toHaveLength(1);
  expect(found.find(({ missing }) => !missing)?.id).not.toBe(old.id);
});

test('a file still being written is left alone until it rests', async () => {
  const { core, dir, scan } = await aLibrary((at) => put(at, 'done.mp4'));
  const path = join(dir, 'growing.mp4');
  writeFileSync(path, 'so far');
  const scanned = scan();
  setTimeout(() => appendFileSync(path, ' and to the end'), 700);
  expect(await scanned).toMatchObject({
    added: 0,
    roots: [{ reason: expect.stringContaining('still growing') }],
  });
  rest(path, 5000);
  expect(await scan()).toMatchObject({ added: 1, roots: [{ reason: null }] });
  expect(await clipsOf(core)).toHaveLength(2);
});

test('a file that was copied in a moment ago is taken in by the same scan', async () => {
  const { first } = await aLibrary((at) => writeFileSync(join(at, 'copied.mp4'), 'whole already'));
  expect(first.added).toBe(1);
});

test('a file that a camera with a wrong clock has dated ahead is taken in', async () => {
  const { first } = await aLibrary((at) => rest(put(at, 'future.mp4'), -400 * 86_400_000));
  expect(first.added).toBe(1);
});

test.each([
  [
    'is gone',
    (dir: string) => renameSync(dir, `${dir}-away`),
    (dir: string) => renameSync(`${dir}-away`, dir),
  ],
  [
    'is suddenly empty, as a volume that is not mounted',
    (dir: string) => {
      renameSync(dir, `${dir}-away`);
      mkdirSync(dir);
    },
    (dir: string) => {
      rmSync(dir, { recursive: true });
      renameSync(`${dir}-away`, dir);
    },
  ],
])('a folder that %s is offline with a reason and loses nothing', async (_how, away, back) => {
  const { core, dir, scan } = await aLibrary((at) => {
    put(at, 'a.mp4');
    put(at, 'b.mp4');
  });
  away(dir);
  const { roots, missing } = await scan();
  expect(roots[0]).toMatchObject({ online: false, clips: 2 });
  expect(roots[0]?.reason).toMatch(/cannot be read|empty/);
  expect(missing).toBe(0);
  back(dir);
  expect((await scan()).roots[0]).toMatchObject({ online: true, reason: null, clips: 2 });
  expect((await clipsOf(core)).every((clip) => !clip.missing)).toBe(true);
});

test('half of a folder gone at once is asked about and not believed', async () => {
  const { core, dir, scan } = await aLibrary((at) => {
    for (let n = 0; n < 30; n++) put(at, `${n < 25 ? 'card/' : ''}${n}.mp4`);
  });
  rmSync(join(dir, 'card'), { recursive: true });
  put(dir, 'new.mp4');
  const { roots } = await scan();
  expect(roots[0]).toMatchObject({ online: false });
  expect(roots[0]?.reason).toContain('25 of 30');
  expect((await clipsOf(core)).filter(({ missing }) => missing)).toEqual([]);
});

test('a folder inside that was renamed is no loss, however many files it holds', async () => {
  const { core, dir, scan } = await aLibrary((at) => {
    for (let n = 0; n < 25; n++) put(at, `card/${n}.mp4`);
  });
  renameSync(join(dir, 'card'), join(dir, 'renamed'));
  expect((await scan()).roots[0]).toMatchObject({ online: true, reason: null, clips: 25 });
  const clips = await clipsOf(core);
  expect(clips).toHaveLength(25);
  expect(clips.every(({ path }) => path?.includes('/renamed/'))).toBe(true);
});

test('what lies in a folder that cannot be read is unknown and not gone', async (context) => {
  const isRoot = process.platform !== 'win32' && process.getuid?.() === 0;
  context.skip(!isRoot, 'reading as another user needs root');
  const base = tempDir();
  const dir = join(base, 'footage');
  put(dir, 'a.mp4');
  put(dir, 'private/b.mp4');
  execFileSync('chown', ['-R', '65534:65534', base]);
  const child = runChild('scan-unreadable', [join(base, 'home'), dir], { uid: 65534 });
  const { errors, code } = await child.ended;
  expect(errors).toBe('');
  expect(code).toBe(0);
  expect(JSON.parse(child.lines.at(-1) ?? '')).toEqual({
    missing: 0,
    online: true,
    reason: '1 folders inside cannot be read.',
    clips: 2,
  });
});

test.each([
  `it's "quoted".mp4`,
  '50% #1 & more?.mp4',
  'Zoë – 東京 🎬.mp4',
  'line\nbreak.mp4',
  '-rf.mp4',
  ' spaces .mp4',
  'back\\slash.mp4',
])('a file named %j is a clip like any other', async (name) => {
  const { core, first, scan } = await aLibrary((at) => put(at, name));
  expect(first.added).toBe(1);
  expect(await scan()).toMatchObject({ added: 0, missing: 0 });
  expect((await clipsOf(core))[0]).toMatchObject({ fileName: name, missing: false });
});

test('one folder within another is not read twice as new', async () => {
  const { core, dir, scan } = await aLibrary((at) => {
    put(at, 'a.mp4');
    put(at, 'inner/b.mp4');
  });
  expect(await core.client.library.addRoot({ path: join(dir, 'inner') })).toMatchObject({
    added: 0,
    changed: 0,
  });
  expect(await scan()).toMatchObject({ added: 0, changed: 0, missing: 0 });
  expect(await clipsOf(core)).toHaveLength(2);
});

test('a folder that was added by a link is removed by that link', async () => {
  const { core, dir } = await aLibrary((at) => put(at, 'a.mp4'));
  const link = `${dir}-link`;
  symlinkSync(dir, link);
  expect((await core.client.library.addRoot({ path: link })).roots).toHaveLength(1);
  expect((await core.client.library.removeRoot({ path: link })).roots).toEqual([]);
});

test('folders that are none are refused', async () => {
  const core = await startCore();
  const dir = tempDir();
  const file = put(dir, 'a.mp4');
  expect(await codeOf(core.client.library.addRoot({ path: join(dir, 'none') }))).toBe('NOT_FOUND');
  expect(await codeOf(core.client.library.addRoot({ path: file }))).toBe('USAGE');
  expect(await codeOf(core.client.library.addRoot({ path: `${dir}\0x` }))).toBe('NOT_FOUND');
  expect(await codeOf(core.client.library.removeRoot({ path: dir }))).toBe('NOT_FOUND');
});

test('pages of clips hold every clip once, those without a day at the end', async () => {
  const { core } = await aLibrary((at) => {
    for (let n = 0; n < 25; n++) put(at, `${n}.mp4`);
  });
  const clips = await clipsOf(core);
  for (const [n, clip] of clips.entries())
    if (n % 3 > 0) await core.client.tags.apply({ clipIds: [clip.id], day: `2025-09-0${1 + (n % 5)}` });
  const seen: ClipRow[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 50; pages++) {
    const page = await core.client.library.list({ limit: 4, ...(cursor === undefined ? {} : { cursor }) });
    seen.push(...page.items);
    if (page.cursor === null) break;
    cursor = page.cursor;
  }
  expect(new Set(seen.map(({ id }) => id)).size).toBe(25);
  expect(seen).toHaveLength(25);
  const days = seen.map(({ day }) => day ?? '');
  expect(days).toEqual([...days].sort().reverse());
  expect(
    (await core.client.library.list({ dayTo: '2025-09-02' })).items.every(
      ({ day }) => day !== null && day <= '2025-09-02',
    ),
  ).toBe(true);
  expect(await codeOf(core.client.library.list({ cursor: 'x' }))).toBe('USAGE');
});
