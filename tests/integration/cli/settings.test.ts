import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { placesPreview } from '../../../shared/contract/places.ts';
import { settingsShape } from '../../../shared/contract/system.ts';
import { rushesJson, runRushes, toldError } from '../../support/run-rushes.ts';
import { tempDir } from '../../support/temp.ts';
import { aHome, aPortal, assetDocument, downloadsDocument, searchDocument, signedIn } from './cli-fixture.ts';

const one = z.object({ key: z.string(), value: z.unknown() });

it('what is set is there in the next run, in groups too', async () => {
  const at = aHome();
  await rushesJson(['settings', 'set', 'theme', 'dark'], one, at);
  expect(await rushesJson(['settings', 'set', 'proxy.mode', 'none'], one, at)).toEqual({
    key: 'proxy.mode',
    value: 'none',
  });
  const all = await rushesJson(['settings', 'list'], z.object({ settings: settingsShape }), at);
  expect(all.settings).toMatchObject({ theme: 'dark', proxy: { mode: 'none' }, sidecar: true });
  const plain = await runRushes(['settings', 'get', 'sidecar'], at);
  expect(plain).toMatchObject({ code: 0, stdout: 'on\n' });
  expect((await runRushes(['settings', 'list'], at)).stdout).toMatch(/^proxy\.mode +none$/m);
});

it.each([
  ['connections', '99', 'no value for connections'],
  ['colour', 'red', 'There is no setting "colour".'],
  ['nameTemplate', '{nme}', 'The file name: There is no token "nme" (position 2).'],
  ['folderTemplate', '/x', 'The folders: The folders lie below'],
])('%s %s is refused with 2 and one sentence', async (key, value, sentence) => {
  const ran = await runRushes(['settings', 'set', key, value, '--json'], aHome());
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(toldError(ran).message).toContain(sentence);
});

it('a preview shows where a download then goes', async () => {
  const portal = await aPortal();
  const at = await signedIn(portal);
  const folder = '{source}/{year}';
  const name = '{day} {title:12}';
  const { items } = await rushesJson(['search', '', '--in', 'catalogue'], searchDocument, at);
  let id = '';
  for (const item of items) {
    const asset = await rushesJson(['show', item.id], assetDocument, at);
    if (asset.status !== 'usable') continue;
    id = asset.id;
    break;
  }
  const templates = ['--folder-template', folder, '--name-template', name];
  const preview = await rushesJson(['places', 'preview', id, ...templates], placesPreview, at);
  const [example] = preview.examples;
  await rushesJson(['settings', 'set', 'folderTemplate', folder], one, at);
  await rushesJson(['settings', 'set', 'nameTemplate', name], one, at);
  const to = tempDir();
  const wish = ['download', id, '--to', to, '--no-wait-media'];
  const { downloads } = await rushesJson(wish, downloadsDocument, at);
  const path = join(to, ...(example?.folder.split('/') ?? []), example?.fileName ?? '');
  expect(downloads[0]?.path).toBe(path);
  expect(readdirSync(join(path, '..'))).toContain(`${example?.fileName}.rushes.json`);
});

it('a template that cannot be understood ends with 2, and the tokens are told without a home', async () => {
  const at = aHome();
  const ran = await runRushes(['places', 'preview', '--name-template', '{day', '--json'], at);
  expect(ran.code).toBe(2);
  expect(toldError(ran).message).toMatch(
    /^The file name: A brace is opened and not closed.*\(position 1\)\.$/,
  );
  expect((await runRushes(['places', 'tokens'], at)).stdout).toMatch(/^\{day\} +The day it was filmed/m);
});
