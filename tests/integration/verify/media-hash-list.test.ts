import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { c4OfSha512 } from '../../../electron/core/verify/mhl/c4.ts';
import { readHistory } from '../../../electron/core/verify/mhl/history.ts';
import { writeGeneration } from '../../../electron/core/verify/mhl/write-generation.ts';
import { tempDir } from '../../support/temp.ts';
import { put } from '../core/a-library.ts';
import { codeOf, startCore } from '../core/test-core.ts';
import { check, decay, ended, resultsOf, userDbOf } from './a-checked-file.ts';

const hashOf = (kind: string, content: string): string => createHash(kind).update(content).digest('hex');

/** A folder of three files, one of them below, and a core that knows none of them. */
async function aFolder() {
  const folder = join(tempDir(), 'A002R2EC');
  put(folder, 'Clips/A & B.mov', 'abcde');
  put(folder, 'Clips/C.mov', 'cdef');
  put(folder, 'Sidecar.txt', 'text');
  put(folder, '.DS_Store', 'x');
  put(folder, 'Clips/half.mov.part', 'x');
  const core = await startCore();
  const verify = (manifest: boolean) => check(core, { paths: [folder], manifest });
  const states = async (runId: string) =>
    Object.fromEntries(
      (await resultsOf(core, runId)).map(({ path, state }) => [path.slice(folder.length + 1), state]),
    );
  return { folder, core, verify, states };
}

/** A list as another tool would leave it, without a chain. */
function foreign(folder: string, entries: string, doctype = ''): void {
  mkdirSync(join(folder, 'ascmhl'), { recursive: true });
  writeFileSync(
    join(folder, 'ascmhl', '0001_A002R2EC_2020-01-16_091500.mhl'),
    `<?xml version="1.0" encoding="UTF-8"?>${doctype}<hashlist version="2.0" xmlns="urn:ASC:MHL:v2.0"><hashes>${entries}</hashes></hashlist>`,
  );
}
const entry = (path: string, hashes: string): string => `<hash><path>${path}</path>${hashes}</hash>`;

test('the first list of a folder says what every file was, and its chain what the list was', async () => {
  const { folder, verify, states } = await aFolder();
  const run = await verify(true);
  const { manifest } = run;
  expect(manifest).toMatchObject({ generations: 0, added: 3, broken: [], refused: 0 });
  expect(await states(run.id)).toEqual({
    'Clips/A & B.mov': 'unproven',
    'Clips/C.mov': 'unproven',
    'Sidecar.txt': 'unproven',
  });
  const text = readFileSync(manifest?.file ?? '', 'utf8');
  expect(text).toContain('>Clips/A &amp; B.mov</path>');
  expect(text.match(/<xxh64 action="original"/g)).toHaveLength(3);
  const c4 = c4OfSha512(hashOf('sha512', text));
  const chain = readFileSync(join(folder, 'ascmhl', 'ascmhl_chain.xml'), 'utf8');
  expect(chain).toContain('<hashlist sequencenr="1">');
  expect(chain).toContain(`<c4>${c4}</c4>`);
  expect(readdirSync(join(folder, 'ascmhl'))).toHaveLength(2);
});

test('the next check tells what is verified, damaged, missing and new, and the next list says so too', async () => {
  const { folder, verify, states } = await aFolder();
  await verify(true);
  expect((await verify(false)).counts).toMatchObject({ ok: 3 });
  decay(join(folder, 'Clips', 'C.mov'), 2);
  rmSync(join(folder, 'Sidecar.txt'));
  put(folder, 'new.txt');
  const run = await verify(true);
  expect(run.manifest).toMatchObject({ generations: 1, added: 1, broken: [] });
  expect(await states(run.id)).toEqual({
    'Clips/A & B.mov': 'ok',
    'Clips/C.mov': 'damaged',
    'Sidecar.txt': 'missing',
    'new.txt': 'unproven',
  });
  const text = readFileSync(run.manifest?.file ?? '', 'utf8');
  const actions = [...text.matchAll(/>([^<]*)<\/path>\s*<xxh64 action="(\w+)"/g)].map(([, path, action]) => [
    path,
    action,
  ]);
  expect(actions).toEqual([
    ['Clips/A &amp; B.mov', 'verified'],
    ['Clips/C.mov', 'failed'],
    ['new.txt', 'original'],
  ]);
  // What failed is never what later checks go by.
  expect(await states((await verify(false)).id)).toMatchObject({ 'Clips/C.mov': 'damaged', 'new.txt': 'ok' });
});

test('the lists of other tools are gone by, whatever kind of hash they hold', async () => {
  const { folder, verify, states } = await aFolder();
  foreign(
    folder,
    entry(
      'Clips/A &amp; B.mov',
      `<md5>${hashOf('md5', 'abcde').toUpperCase()}</md5><c4>${c4OfSha512(hashOf('sha512', 'abcde'))}</c4>`,
    ) +
      entry('Clips/C.mov', `<sha1 action="original">${hashOf('sha1', 'other')}</sha1>`) +
      entry('Sidecar.txt', '<xxh128>00</xxh128>'),
  );
  const run = await verify(true);
  expect(await states(run.id)).toEqual({
    'Clips/A & B.mov': 'ok',
    'Clips/C.mov': 'damaged',
    'Sidecar.txt': 'unproven',
  });
  expect(run.manifest).toMatchObject({ generations: 1, added: 0, broken: [] });
  const text = readFileSync(run.manifest?.file ?? '', 'utf8');
  expect(text).toMatch(
    /<md5 action="verified"[^>]*>[^<]*<\/md5>\s*<c4 action="verified"[^>]*>[^<]*<\/c4>\s*<xxh64 action="verified"/,
  );
  expect(text).toMatch(/<sha1 action="failed"[^>]*>[^<]*<\/sha1>\s*<xxh64 action="failed"/);
  const history = await readHistory(folder);
  expect(history?.broken).toEqual([]);
  expect(history?.chain.map(({ sequence }) => sequence)).toEqual([1, 2]);
});

test('a list inside the folder is gone by as well, and a file that was renamed is known by its new name', async () => {
  const { folder, verify, states } = await aFolder();
  foreign(join(folder, 'Clips'), entry('C.mov', `<md5>${hashOf('md5', 'cdef')}</md5>`));
  foreign(
    folder,
    entry('Old.txt', `<md5>${hashOf('md5', 'text')}</md5>`) +
      entry('Sidecar.txt', `<md5>${hashOf('md5', 'text')}</md5><previousPath>Old.txt</previousPath>`),
  );
  const run = await verify(false);
  expect(run.manifest?.file).toBeNull();
  expect(await states(run.id)).toEqual({
    'Clips/A & B.mov': 'unproven',
    'Clips/C.mov': 'ok',
    'Sidecar.txt': 'ok',
  });
});

test('a list that was altered after it was written is believed in nothing', async () => {
  const { verify, states } = await aFolder();
  const file = (await verify(true)).manifest?.file ?? '';
  writeFileSync(file, readFileSync(file, 'utf8').replace(/0|1/, '2'));
  const run = await verify(false);
  expect(run.manifest?.broken).toEqual([join('ascmhl', file.slice(file.lastIndexOf('/') + 1))]);
  expect(new Set(Object.values(await states(run.id)))).toEqual(new Set(['unproven']));
});

test('paths that lead out of the folder are never looked at', async () => {
  const { folder, verify, states } = await aFolder();
  writeFileSync(join(folder, '..', 'x'), 'secret');
  symlinkSync(join(folder, '..'), join(folder, 'link'));
  const md5 = `<md5>${hashOf('md5', 'secret')}</md5>`;
  foreign(
    folder,
    ['../x', '../../x', '/etc/passwd', 'Clips/../../x', 'C:\\x', 'link/x']
      .map((path) => entry(path, md5))
      .join(''),
  );
  const run = await verify(false);
  expect(run.manifest?.refused).toBe(6);
  expect(Object.keys(await states(run.id))).toEqual(['Clips/A & B.mov', 'Clips/C.mov', 'Sidecar.txt']);
});

test('a list that would read files of the machine, or fold ten thousand deep, is set aside', async () => {
  const { folder, core, verify } = await aFolder();
  foreign(folder, entry('&x;', '<md5>00</md5>'), '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>');
  expect((await verify(false)).manifest?.broken).toEqual([
    join('ascmhl', '0001_A002R2EC_2020-01-16_091500.mhl'),
  ]);
  foreign(folder, '<a>'.repeat(10_000) + '</a>'.repeat(10_000));
  expect((await verify(false)).manifest?.broken).toHaveLength(1);
  writeFileSync(join(folder, 'ascmhl', 'ascmhl_chain.xml'), '<!DOCTYPE a><ascmhldirectory/>');
  expect(await codeOf(core.client.verify.start({ paths: [folder], manifest: true }))).toBe('INTEGRITY');
});

test('a history that is a link leads nowhere', async () => {
  const { folder, core } = await aFolder();
  const elsewhere = tempDir();
  symlinkSync(elsewhere, join(folder, 'ascmhl'));
  expect(await codeOf(core.client.verify.start({ paths: [folder], manifest: true }))).toBe('INTEGRITY');
  expect(readdirSync(elsewhere)).toEqual([]);
});

test('a list that cannot be written fails the check and leaves what was there', async () => {
  const { folder, verify } = await aFolder();
  await verify(true);
  const before = readdirSync(join(folder, 'ascmhl'));
  mkdirSync(join(folder, 'ascmhl', 'generation.tmp', 'full'), { recursive: true });
  const run = await verify(true);
  expect(run).toMatchObject({ state: 'failed' });
  expect(run.reason).toMatch(/media hash list cannot be written/);
  expect(readdirSync(join(folder, 'ascmhl'))).toEqual([...before, 'generation.tmp'].toSorted());
});

test('a check that was killed before its list was in the chain leaves none that counts as broken', async () => {
  const { folder, core, verify } = await aFolder();
  await verify(true);
  const chain = join(folder, 'ascmhl', 'ascmhl_chain.xml');
  const before = readFileSync(chain);
  const run = await verify(true);
  // As it is between the two: the list has its name, and the chain is that of before.
  writeFileSync(chain, before);
  userDbOf(core)
    .prepare(`UPDATE check_run SET state = 'running', finished_at_ms = NULL WHERE id = ?`)
    .run(run.id);
  await core.close();
  const again = await startCore({ home: core.home });
  expect((await ended(again, run.id)).state).toBe('done');
  const history = await readHistory(folder);
  expect(history).toMatchObject({ broken: [], generations: 2 });
  expect(history?.chain.map(({ sequence }) => sequence)).toEqual([1, 2]);
});

test('a list that cannot be entered into the chain is taken away again', async () => {
  const { folder } = await aFolder();
  const dir = join(folder, 'ascmhl');
  mkdirSync(join(dir, 'ascmhl_chain.xml'), { recursive: true });
  const writing = writeGeneration({
    folder,
    history: null,
    atMs: 0,
    hostname: 'h',
    version: '0',
    files: [],
    intend: () => undefined,
  });
  await expect(writing).rejects.toThrow(/cannot be written/);
  expect(readdirSync(dir)).toEqual(['ascmhl_chain.xml']);
});

test('two checks of one folder under two names write one list after the other', async () => {
  const { folder, core } = await aFolder();
  const link = join(tempDir(), 'link');
  symlinkSync(folder, link);
  const runs = await Promise.all(
    [folder, link].map((path) => core.client.verify.start({ paths: [path], manifest: true })),
  );
  for (const { id } of runs) expect((await ended(core, id)).state).toBe('done');
  expect(await readHistory(folder)).toMatchObject({ broken: [], generations: 2 });
});
