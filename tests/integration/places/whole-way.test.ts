import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readSidecar } from '../../../electron/core/places/sidecar-format.ts';
import type { Download } from '../../../shared/contract/downloads.ts';
import { goodPassword, makeAccount, startPortal } from '../../support/portal.ts';
import { tempDir } from '../../support/temp.ts';
import { addSource, startCore, syncSummary, until, type TestCore } from '../core/test-core.ts';

const email = 'editor@newsroom.example';

/** A core that is signed in to a portal of this test's own and synced. */
async function aDesk() {
  const portal = await startPortal();
  onTestFinished(() => portal.close());
  const dir = tempDir();
  const core = await startCore({ downloadDir: dir });
  const sourceId = await addSource(core, portal.url);
  await syncSummary(core, sourceId);
  await makeAccount(portal, email);
  await core.client.account.login({ sourceId, email, password: goodPassword });
  const { items } = await core.client.catalogue.list({ status: 'usable' });
  const asset = items.find(({ eventTitle, day }) => eventTitle !== null && day !== null);
  if (!asset) throw new Error('The portal offers no usable asset of an event.');
  return { portal, core, dir, asset: await core.client.catalogue.get({ id: asset.id }) };
}

/** Waits until a download has been handed on, which is a moment after it is complete. */
function done(core: TestCore, id: Download['id']): Promise<Download> {
  return until(
    () => core.client.downloads.get({ id }),
    (one) => one.state === 'failed' || (one.state === 'complete' && one.clipId !== null),
  );
}

it('files go where the templates say, with a sidecar, and come to the library once', async () => {
  const { core, dir, asset } = await aDesk();
  await core.client.settings.set({
    folderTemplate: '{source}/{year}/{event}',
    nameTemplate: '{day} {title:20} {rendition}',
  });
  const preview = await core.client.places.preview({ assetIds: [asset.id] });
  const [example] = preview.examples;
  expect(preview.problems).toEqual({ folderTemplate: null, nameTemplate: null });
  expect(example?.folder.split('/')).toHaveLength(3);
  expect(example?.fileName.startsWith(`${asset.day} `)).toBe(true);
  expect((await core.client.places.preview({})).examples).toHaveLength(3);

  const { downloads } = await core.client.downloads.add({ assetIds: [asset.id], rendition: 'best' });
  const [wanted] = downloads;
  if (!wanted) throw new Error('Nothing was added.');
  const complete = await done(core, wanted.id);
  const expected = join(dir, ...(example?.folder.split('/') ?? []), example?.fileName ?? '');
  expect(complete).toMatchObject({ state: 'complete', path: expected });

  const sidecar = await readSidecar(`${expected}.rushes.json`);
  expect(sidecar).toMatchObject({
    title: asset.title,
    file: { name: example?.fileName, sha256: complete.sha256, verified: 'hash' },
    source: { name: asset.sourceName, assetId: asset.externalId },
    rights: { usageText: asset.rights.usageText, creditLine: asset.rights.creditLine },
    event: { title: asset.eventTitle },
  });
  expect(sidecar?.source.downloadUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[^?#]+$/);
  expect(readFileSync(`${expected}.rushes.json`, 'utf8')).not.toMatch(/signature|expires=|token/i);

  await core.client.library.addRoot({ path: dir });
  expect((await core.client.library.list({})).items).toHaveLength(1);
  expect(readdirSync(join(expected, '..')).sort()).toEqual([
    example?.fileName,
    `${example?.fileName}.rushes.json`,
  ]);
});

it('an explicit folder is the base, a chosen name wins, and asking again adds nothing', async () => {
  const { core, asset } = await aDesk();
  await core.client.settings.set({ folderTemplate: '{event}', nameTemplate: '{id}', sidecar: false });
  const to = join(tempDir(), 'elsewhere');
  const first = await core.client.downloads.add({ assetIds: [asset.id], dir: to });
  const id = first.downloads[0]?.id;
  if (!id) throw new Error('Nothing was added.');
  const complete = await done(core, id);
  expect(complete.path?.startsWith(`${to}${sep}`)).toBe(true);
  expect(complete.fileName.startsWith(asset.externalId)).toBe(true);
  expect(existsSync(`${complete.path}.rushes.json`)).toBe(false);
  const again = await core.client.downloads.add({ assetIds: [asset.id], dir: to });
  expect(again).toMatchObject({ downloads: [], already: [{ path: complete.path }] });

  const address = { url: 'https://media.invalid/x/clip.mp4', name: 'mine.bin', dir: to };
  const added = await core.client.downloads.addUrl(address);
  expect(added.fileName).toBe('mine.bin');
  expect((await core.client.downloads.addUrl(address)).id).toBe(added.id);
});
