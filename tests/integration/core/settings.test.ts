import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { defaultSettings } from '../../../electron/core/settings/default-settings.ts';
import { codeOf, startCore } from './test-core.ts';

test('what was chosen stays over a restart, the rest are the defaults', async () => {
  const core = await startCore();
  const defaults = await core.client.settings.get({});
  expect(defaults).toEqual(defaultSettings(join(core.home, 'downloads')));
  await core.client.settings.set({ theme: 'dark' });
  expect(await core.client.settings.set({ connections: 8 })).toEqual({
    ...defaults,
    theme: 'dark',
    connections: 8,
  });
  await core.close();
  const again = await startCore({ home: core.home });
  expect(await again.client.settings.get({})).toMatchObject({ theme: 'dark', connections: 8 });
});

test.each([
  { connections: 0 },
  { connections: 1.5 },
  { downloadDir: 'relative' },
  { downloadDir: '' },
  { theme: 'pink' as 'dark' },
  { nameTemplate: '{nme}' },
  { folderTemplate: '../{day}' },
])('a choice that makes no sense is refused and changes nothing: %o', async (change) => {
  const core = await startCore();
  const before = await core.client.settings.get({});
  expect(await codeOf(core.client.settings.set({ parallelDownloads: 5, ...change }))).toBe('USAGE');
  expect(await core.client.settings.get({})).toEqual(before);
});

test('a stored value that this version does not know falls back alone', async () => {
  const core = await startCore();
  await core.client.settings.set({ theme: 'dark', connections: 8 });
  await core.close();
  const db = new Database(join(core.home, 'user.db'));
  db.exec(`UPDATE setting SET value_json = '"purple"' WHERE key = 'theme'`);
  db.exec(`INSERT INTO setting VALUES ('parallelDownloads', '{half'), ('later', '1')`);
  db.close();
  const again = await startCore({ home: core.home });
  expect(await again.client.settings.get({})).toMatchObject({
    theme: 'system',
    connections: 8,
    parallelDownloads: 3,
  });
});
