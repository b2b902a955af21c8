import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { anAsset } from '../../support/builders.ts';
import { rushesJson, runRushes, toldError } from '../../support/run-rushes.ts';
import { tempDir } from '../../support/temp.ts';
import { playPortal } from '../core/played-portal.ts';
import { allRigs } from '../sources/all-rigs.ts';
import { someItems } from '../sources/played-items.ts';
import { aHome, sourceDocument, syncDocument } from './cli-fixture.ts';

const sourcesDocument = z.object({ sources: z.array(sourceDocument) });

it('adds a source, says how it was found out, and changes what it is called and how often it is read', async () => {
  const portal = await playPortal({ assets: [anAsset()] });
  const at = aHome();
  const added = await runRushes(['source', 'add', portal.url], at);
  expect(added.stdout).toMatch(/^found +A portal with accounts that calls itself "Played portal"\.$/m);
  expect(added.stdout).toMatch(/^read +every 15 min while Rushes is open$/m);
  const set = ['source', 'set', 'played portal', '--name', 'Desk', '--every', '6h'];
  expect(await rushesJson(set, sourceDocument, at)).toMatchObject({ name: 'Desk', everyMinutes: 360 });
  const never = await rushesJson(['source', 'set', 'Desk', '--every', 'never'], sourceDocument, at);
  expect(never).toMatchObject({ everyMinutes: null, nextSyncAtMs: null });
  for (const args of [
    ['set', 'Desk'],
    ['set', 'Desk', '--every', '0m'],
    ['set', 'Desk', '--every', 'often'],
  ]) {
    expect((await runRushes(['source', ...args], at)).code).toBe(2);
  }
});

it('lists each source with how it is doing, and tells what could not be read', async () => {
  const portal = await playPortal({ assets: [anAsset()] });
  portal.assets.push({ ...anAsset({ id: '2' }), title: 7 });
  const at = aHome();
  await rushesJson(['source', 'add', portal.url], sourceDocument, at);
  expect((await runRushes(['source', 'list'], at)).stdout).toMatch(/\n {2}never read; every 15 min/);
  const synced = await runRushes(['sync'], at);
  expect(synced.code).toBe(0);
  expect(synced.stdout).toMatch(/1 added, .*1 item could not be read/);
  expect(synced.stdout).toMatch(/\n {2}asset 2: .*title/);
  expect((await runRushes(['source', 'list'], at)).stdout).toMatch(
    /read well .* ago, 1 item could not be read/,
  );
  await portal.close();
  expect((await runRushes(['sync'], at)).code).toBe(4);
  const { sources } = await rushesJson(['source', 'list'], sourcesDocument, at);
  expect(sources[0]).toMatchObject({ state: 'unavailable', assets: 1 });
  const listed = (await runRushes(['source', 'list'], at)).stdout;
  expect(listed).toContain(sources[0]?.reason?.replace(/\.$/, ''));
});

it('reads the other sources when one of them is down, and ends with what was wrong', async () => {
  const [up, down] = [await playPortal({ assets: [anAsset()] }), await playPortal({})];
  Object.assign(down, { instanceId: 'down' });
  const at = aHome();
  for (const { url } of [down, up]) await rushesJson(['source', 'add', url], sourceDocument, at);
  await down.close();
  const ran = await runRushes(['sync'], at);
  expect(ran.code).toBe(4);
  expect(ran.stdout).toMatch(/1 added/);
  expect(await rushesJson(['sync', up.url], syncDocument, at)).toMatchObject({ failures: [], stale: 0 });
  // Both are called the same: the name alone does not say which.
  const ambiguous = await runRushes(['sync', 'Played portal', '--json'], at);
  expect(toldError(ambiguous)).toMatchObject({ code: 'USAGE' });
});

it('takes a key from stdin, says whether it has one, and never shows it', async () => {
  const rig = (await allRigs()).find(({ kind }) => kind.kind === 'dvids');
  const played = await rig?.play(someItems(2));
  if (!rig?.key || !played) throw new Error('There is such a rig, and its key.');
  const at = { ...aHome(), input: `${rig.key}\n` };
  const add = await runRushes(['source', 'add', played.url, '--kind', 'dvids', '--key-stdin'], at);
  expect(add).toMatchObject({ code: 0 });
  expect(add.stdout).toMatch(/^key +kept$/m);
  const [source] = (await rushesJson(['source', 'list'], sourcesDocument, at)).sources;
  const id = source?.id ?? '';
  const forgot = await runRushes(['source', 'set', id, '--forget-key'], at);
  expect(forgot.stdout).toMatch(/^key +none$/m);
  expect((await runRushes(['sync'], at)).code).toBe(3);
  expect((await runRushes(['source', 'list'], at)).stdout).toContain('has no key');
  await rushesJson(['source', 'set', id, '--key', rig.key], sourceDocument, at);
  const synced = await runRushes(['sync', '--json'], at);
  expect(synced.code).toBe(0);
  for (const { stdout, stderr } of [add, forgot, synced]) expect(stdout + stderr).not.toContain(rig.key);
});

it('adds a folder by the path that was typed, and tells a kind that is not known with those that are', async () => {
  const at = aHome();
  const dir = join(tempDir(), 'delivery');
  mkdirSync(dir);
  const added = await rushesJson(['source', 'add', dir], sourceDocument, at);
  expect(added).toMatchObject({ kind: 'agency-folder', name: 'delivery' });
  const wrong = await runRushes(['source', 'add', dir, '--kind', 'teletext', '--json'], at);
  expect(wrong.code).toBe(4);
  expect(JSON.stringify(toldError(wrong))).toContain('agency-folder');
});
