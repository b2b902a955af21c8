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

test('a schedule that lets nothing run counts for the download that is added right after it', async () => {
  const core = await startCore();
  const { traffic } = await core.client.settings.get({});
  // Read once before, so that an old reading could be kept.
  await core.client.downloads.totals({});
  await core.client.settings.set({ traffic: { ...traffic, outside: null } });
  const where = { url: 'http://127.0.0.1:9/clip.mp4', insecureHttp: true, allowPrivate: true };
  const { id } = await core.client.downloads.addUrl(where);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect((await core.client.downloads.attempts({ id })).attempts).toEqual([]);
  expect((await core.client.downloads.totals({})).rule.holds).toBe(true);
});
