import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { createAgencyFolderKind } from '../../../electron/core/sources/agency/agency-folder-kind.ts';
import type { CatalogueSource, SourcePage } from '../../../electron/core/sources/source-model.ts';
import { tempDir } from '../../support/temp.ts';
import { assetsOf, cursorOf } from './open-kind.ts';
import { changed, someItems } from './played-items.ts';
import { newsItem, ninjsItem } from './rigs/agency-feed-rig.ts';
import { agencyFolderRig, writeAtRest } from './rigs/agency-folder-rig.ts';

const { signal } = new AbortController();
const noWeb = () => Promise.reject(new Error('Nothing is asked for over the network.'));
const policy = { insecureHttp: false, allowPrivate: false, loopbackHost: '127.0.0.1' };

function describeFolder(folder: string) {
  return createAgencyFolderKind().describe({
    url: pathToFileURL(folder),
    folder,
    answer: noWeb,
    ask: { get: noWeb, asked: () => 0 },
    policy,
    key: null,
    signal,
  });
}

function openFolder(folder: string, now: () => number = Date.now): CatalogueSource {
  return createAgencyFolderKind().open({
    config: {
      id: 'source-1',
      kind: 'agency-folder',
      name: 'Agency',
      url: pathToFileURL(folder).href,
      instanceId: null,
      insecureHttp: false,
      allowPrivate: false,
      mailbox: null,
      settings: {},
      how: null,
      state: 'never-synced',
      reason: null,
      evidence: null,
      lastSyncAtMs: null,
      lastTryAtMs: null,
      nextSyncAtMs: null,
      everyMinutes: 1,
      failedItems: 0,
      failuresInARow: 0,
    },
    ask: { get: noWeb, asked: () => 0 },
    policy,
    key: async () => null,
    now,
  });
}

async function read(source: CatalogueSource, cursor: string | null): Promise<SourcePage[]> {
  const pages: SourcePage[] = [];
  for await (const page of source.changedSince(cursor, signal)) pages.push(page);
  return pages;
}

const failuresOf = (pages: readonly SourcePage[]) => pages.flatMap(({ failures }) => failures);

/** An item in ninjs whose one file lies beside it. */
function itemBeside(href: string, more: Record<string, unknown> = {}): string {
  const [item] = someItems(1);
  if (!item) throw new Error('There is one.');
  return JSON.stringify({
    ...ninjsItem(item, ''),
    renditions: [{ name: 'main', href, contenttype: 'video/mp4' }],
    ...more,
  });
}

test('a folder of an agency, an empty one and one with other things are told apart', async () => {
  const folder = fileURLToPath((await agencyFolderRig.play(someItems(3))).url);
  expect(await describeFolder(folder)).toEqual({
    name: basename(folder),
    url: pathToFileURL(folder).href,
    instanceId: null,
    how: expect.stringMatching(
      /^A folder of a news agency with .* files that has 3 items, 3 of them video\.$/,
    ),
  });
  expect((await describeFolder(tempDir()))?.how).toBe(
    'An empty folder: nothing has been delivered into it yet.',
  );
  const other = tempDir();
  writeAtRest(join(other, 'package.json'), '{"name":"something"}');
  writeAtRest(join(other, 'clip.mp4'), 'video');
  expect(await describeFolder(other)).toBeNull();
  await expect(describeFolder(join(other, 'gone'))).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
});

test('of thousands of files only those that changed are read again, and few beside them', async () => {
  const folder = tempDir();
  const items = someItems(2000);
  mkdirSync(join(folder, '2025-09'));
  const pathOf = (id: string) => join(folder, '2025-09', `${id}.json`);
  for (const item of items)
    writeAtRest(pathOf(item.id), JSON.stringify(ninjsItem(item, 'https://f.example')));
  const source = openFolder(folder);
  const first = await read(source, null);
  expect(first.length).toBeGreaterThan(5);
  expect(first.map(({ ends }) => ends).lastIndexOf('more')).toBe(first.length - 2);
  expect(assetsOf(first).size).toBe(2000);
  const startedAt = performance.now();
  const again = await read(source, cursorOf(first));
  expect(performance.now() - startedAt).toBeLessThan(3000);
  expect(again).toMatchObject([{ assets: [], failures: [], ends: 'changes' }]);
  expect(cursorOf(again).length).toBeLessThan(20_000);
  const one = items[700];
  if (!one) throw new Error('There is one.');
  writeAtRest(
    pathOf(one.id),
    JSON.stringify(ninjsItem(changed(one, { title: 'Corrected' }), 'https://f.example')),
  );
  const after = assetsOf(await read(source, cursorOf(again)));
  expect(after.get(`urn:newsml:agency.example:${one.id}`)?.title).toBe('Corrected');
  expect(after.size).toBeLessThan(30);
});

test('a run that is cut short at any page reads the rest and no file twice', async () => {
  const folder = tempDir();
  for (const item of someItems(700)) {
    writeAtRest(join(folder, `${item.id}.xml`), newsItem(item, 'https://f.example', true));
  }
  const source = openFolder(folder);
  const whole = assetsOf(await read(source, null));
  const pages = (await read(source, null)).length;
  for (let at = 1; at < pages; at++) {
    const start: SourcePage[] = [];
    for await (const page of source.changedSince(null, signal)) if (start.push(page) >= at) break;
    const rest = await read(source, cursorOf(start));
    expect(assetsOf([...start, ...rest])).toEqual(whole);
    expect([...start, ...rest].reduce((count, { assets }) => count + assets.length, 0)).toBe(700);
  }
});

test('a file that is moved here with an old date is seen, and one that is deleted withdraws nothing', async () => {
  const [folder, elsewhere] = [tempDir(), tempDir()];
  const [first, second] = someItems(2);
  if (!first || !second) throw new Error('There are two.');
  writeAtRest(join(folder, 'a.json'), JSON.stringify(ninjsItem(first, 'https://f.example')));
  const source = openFolder(folder);
  const start = await read(source, null);
  const old = join(elsewhere, 'b.json');
  writeFileSync(old, JSON.stringify(ninjsItem(second, 'https://f.example')));
  utimesSync(old, new Date(0), new Date(0));
  renameSync(old, join(folder, 'b.json'));
  const moved = await read(source, cursorOf(start));
  expect(assetsOf(moved).size).toBe(1);
  rmSync(join(folder, 'a.json'));
  const gone = await read(source, cursorOf(moved));
  expect(gone.flatMap(({ assets }) => assets).map(({ status }) => status)).not.toContain('withdrawn');
  expect(gone.at(-1)?.ends).toBe('changes');
});

test('a file that is being written is left alone until it rests', async () => {
  const folder = tempDir();
  const path = join(folder, 'a.json');
  const text = itemBeside('https://f.example/a.mp4');
  writeFileSync(path, text.slice(0, 200));
  const source = openFolder(folder);
  const writing = setInterval(
    () => writeFileSync(path, text.slice(0, 200 + Math.floor(Math.random() * 40))),
    300,
  );
  const early = await read(source, null).finally(() => clearInterval(writing));
  expect([assetsOf(early).size, failuresOf(early)]).toEqual([0, []]);
  writeAtRest(path, text);
  expect(assetsOf(await read(source, cursorOf(early))).size).toBe(1);
});

test('a broken file is a failure with its name, costs no other, and is read when it is mended', async () => {
  const folder = tempDir();
  writeAtRest(join(folder, 'broken.json'), '{"uri": "urn:x", "type": "vid');
  writeAtRest(join(folder, 'broken.xml'), '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta>');
  writeAtRest(join(folder, 'settings.json'), '{"colour":"blue"}');
  writeAtRest(join(folder, 'good.json'), itemBeside('https://f.example/a.mp4'));
  const source = openFolder(folder);
  const pages = await read(source, null);
  expect(assetsOf(pages).size).toBe(1);
  expect(
    failuresOf(pages)
      .map(({ where }) => where)
      .toSorted(),
  ).toEqual(['broken.json', 'broken.xml']);
  expect(failuresOf(await read(source, cursorOf(pages)))).toEqual([]);
  const [item] = someItems(1);
  writeAtRest(join(folder, 'broken.json'), JSON.stringify({ ...ninjsItem(item!, ''), uri: 'urn:x' }));
  expect([...assetsOf(await read(source, cursorOf(pages))).keys()]).toContain('urn:x');
});

test('an item is expected until its video lies beside it whole, and then has the size that it has', async () => {
  const folder = tempDir();
  mkdirSync(join(folder, 'media'));
  writeAtRest(
    join(folder, 'a.json'),
    JSON.stringify({
      ...JSON.parse(itemBeside('')),
      renditions: [{ name: 'main', href: './media/caf%C3%A9%20one.mp4', sizeinbytes: 11 }],
    }),
  );
  const source = openFolder(folder);
  const before = await read(source, null);
  expect([...assetsOf(before).values()]).toMatchObject([{ status: 'expected', renditions: [] }]);
  expect(assetsOf(await read(source, cursorOf(before))).size).toBe(0);
  const media = join(folder, 'media', 'café one.mp4');
  writeAtRest(media, 'eleven byte');
  const after = await read(source, cursorOf(before));
  const [asset] = assetsOf(after).values();
  expect(asset).toMatchObject({
    status: 'usable',
    renditions: [{ fileName: 'café one.mp4', sizeBytes: 11, address: pathToFileURL(media).href }],
  });
  expect(assetsOf(await read(source, cursorOf(after))).size).toBe(0);
});

test('an embargo that ends makes the item be read again', async () => {
  const folder = tempDir();
  writeAtRest(
    join(folder, 'a.json'),
    itemBeside('https://f.example/a.mp4', { embargoed: '2026-03-05T06:00:00Z' }),
  );
  const before = await read(
    openFolder(folder, () => Date.UTC(2026, 2, 5, 5)),
    null,
  );
  expect([...assetsOf(before).values()]).toMatchObject([{ status: 'embargoed' }]);
  const after = await read(
    openFolder(folder, () => Date.UTC(2026, 2, 5, 7)),
    cursorOf(before),
  );
  expect([...assetsOf(after).values()]).toMatchObject([{ status: 'usable' }]);
});

test.each([
  '../secret.mp4',
  'media/../../secret.mp4',
  '%2e%2e/secret.mp4',
  '/etc/passwd',
  'file:///etc/passwd',
  'C:\\a.mp4',
  '..\\a.mp4',
])('the name %s leads nowhere', async (href) => {
  const outer = tempDir();
  const folder = join(outer, 'agency');
  mkdirSync(folder);
  writeAtRest(join(outer, 'secret.mp4'), 'secret');
  writeAtRest(join(folder, 'a.json'), itemBeside(href));
  const pages = await read(openFolder(folder), null);
  expect([...assetsOf(pages).values()]).toMatchObject([{ status: 'expected', renditions: [] }]);
  expect(failuresOf(pages)).toMatchObject([{ where: 'a.json', why: expect.stringContaining('leads out') }]);
});

test.skipIf(process.platform === 'win32')(
  'links are followed by nobody, neither to items nor to media',
  async () => {
    const [folder, elsewhere] = [tempDir(), tempDir()];
    writeAtRest(join(elsewhere, 'item.json'), itemBeside('https://f.example/a.mp4'));
    writeAtRest(join(elsewhere, 'a.mp4'), 'video');
    symlinkSync(join(elsewhere, 'item.json'), join(folder, 'item.json'));
    symlinkSync(elsewhere, join(folder, 'sub'));
    symlinkSync(join(elsewhere, 'a.mp4'), join(folder, 'a.mp4'));
    expect(assetsOf(await read(openFolder(folder), null)).size).toBe(0);
    for (const href of ['a.mp4', 'sub/a.mp4']) {
      writeAtRest(join(folder, 'own.json'), itemBeside(href));
      expect([...assetsOf(await read(openFolder(folder), null)).values()]).toMatchObject([
        { renditions: [] },
      ]);
    }
  },
);

test('a file in the folder is not downloaded but pointed to, and one on the web has its address', async () => {
  const folder = tempDir();
  writeAtRest(join(folder, 'a.mp4'), 'video');
  const source = openFolder(folder);
  const renew = (address: string) =>
    source.renew({ externalId: 'x', assetExternalId: null, address }, signal);
  await expect(renew(pathToFileURL(join(folder, 'a.mp4')).href)).rejects.toMatchObject({
    code: 'NOT_RELEASED',
    facts: { detail: join(folder, 'a.mp4') },
  });
  await expect(renew(pathToFileURL(join(folder, 'b.mp4')).href)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(renew('file:///etc/hostname')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await renew('https://f.example/a.mp4')).toMatchObject({ url: 'https://f.example/a.mp4', policy });
});

test('a folder that is gone is unavailable and withdraws nothing', async () => {
  const folder = join(tempDir(), 'share');
  await expect(read(openFolder(folder), null)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
});
