import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { publish } from '../../../electron/core/files/publish-file.ts';
import { findFolder } from '../../../electron/core/places/find-folder.ts';
import { createPlaces } from '../../../electron/core/places/places.ts';
import type { PlaceFacts } from '../../../electron/core/places/place-facts.ts';
import { tempDir } from '../../support/temp.ts';

const clip: PlaceFacts = {
  fileName: 'clip.mp4',
  known: { day: '2026-02-01', event: 'Summit', title: 'Arrivals' },
};

function placesIn(downloadDir: string, folderTemplate: string, nameTemplate = '{original}') {
  return createPlaces({
    settings: () => ({ downloadDir, folderTemplate, nameTemplate }),
    factsOf: () => clip,
    newestAssets: () => [],
    platform: process.platform,
  });
}
const asset = { kind: 'asset', assetId: 'a', renditionId: 'r' } as const;

it('makes the folders and leaves the file to the one who fetches it', async () => {
  const base = join(tempDir(), 'new', 'downloads');
  const place = await placesIn(base, '{year}/{event}', '{day} {title}').find({
    base,
    fileName: 'x.mxf',
    of: asset,
  });
  expect(place).toEqual({ dir: join(base, '2026', 'Summit'), fileName: '2026-02-01 Arrivals.mxf' });
  expect(readdirSync(place.dir)).toEqual([]);
});

it('goes into a folder that is spelt a little differently', async () => {
  const base = tempDir();
  mkdirSync(join(base, 'SUMMIT'));
  mkdirSync(join(base, 'SUMMIT', 'O\u0308l'));
  expect(await findFolder(base, ['Summit', 'Öl'])).toBe(join(base, 'SUMMIT', 'O\u0308l'));
  mkdirSync(join(base, 'Summit'));
  expect(await findFolder(base, ['Summit'])).toBe(join(base, 'Summit'));
});

it('takes the next number where a file has the name of the folder', async () => {
  const base = tempDir();
  writeFileSync(join(base, 'summit'), 'a file');
  expect(await findFolder(base, ['Summit', 'x'])).toBe(join(base, 'Summit (1)', 'x'));
});

it('follows a link that stays inside and refuses one that leads out', async () => {
  const [base, outside] = [tempDir(), tempDir()];
  mkdirSync(join(base, 'real'));
  symlinkSync(join(base, 'real'), join(base, 'inside'));
  symlinkSync(outside, join(base, 'out'));
  symlinkSync(join(outside, 'nothing'), join(base, 'dangling'));
  expect(await findFolder(base, ['inside', 'x'])).toBe(join(base, 'inside', 'x'));
  for (const names of [['out'], ['OUT', 'deeper']]) {
    await expect(findFolder(base, names)).rejects.toMatchObject({
      code: 'DISK_ERROR',
      message: expect.stringMatching(/leads out of the download folder by a link\.$/),
    });
  }
  await expect(findFolder(base, ['dangling', 'x'])).resolves.toBe(join(base, 'dangling (1)', 'x'));
  expect(readdirSync(outside)).toEqual([]);
});

it('a download folder that is itself reached by a link is no way out', async () => {
  const real = tempDir();
  const base = join(tempDir(), 'link');
  symlinkSync(real, base);
  const place = await placesIn(base, '{event}').find({ base, fileName: 'x.mp4', of: asset });
  expect(place.dir).toBe(join(base, 'Summit'));
  expect(readdirSync(real)).toEqual(['Summit']);
});

it('says in one sentence that a folder is too deep', async () => {
  const base = `/${'deep/'.repeat(900)}`;
  await expect(placesIn(base, '').find({ base, fileName: 'x.mp4', of: asset })).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining('too deep'),
  });
});

it('a plain address goes by its host and the day in its name', async () => {
  const base = tempDir();
  const places = placesIn(base, '{source}/{year}', '{day} {original}');
  const of = {
    kind: 'address',
    url: 'https://user:pass@media.example:8443/x/260201a-visit.mp4?sig=1',
  } as const;
  expect(await places.find({ base, fileName: '260201a-visit.mp4', of })).toEqual({
    dir: join(base, 'media.example', '2026'),
    fileName: '2026-02-01 260201a-visit.mp4',
  });
});

it('a name that differs in case alone from one that stands there is numbered', async () => {
  const dir = tempDir();
  writeFileSync(join(dir, 'CLIP.mp4'), 'theirs');
  writeFileSync(join(dir, 'clip.mp4.part'), 'ours');
  const path = await publish({
    partPath: join(dir, 'clip.mp4.part'),
    dir,
    fileName: 'clip.mp4',
    intend: () => undefined,
  });
  expect(path).toBe(join(dir, 'clip (1).mp4'));
  expect(readdirSync(dir).sort()).toEqual(['CLIP.mp4', 'clip (1).mp4']);
});

it('previews on what is built in while the catalogue is empty, and tells what is wrong with each field', () => {
  const places = placesIn(tempDir(), '{year}/{event|source}', '{title}');
  expect(places.preview({}).examples).toEqual([
    {
      assetId: null,
      title: 'Arrivals and opening statements',
      folder: '2026/Winter session',
      fileName: 'Arrivals and opening statements.mp4',
    },
    {
      assetId: null,
      title: 'B-roll of the harbour',
      folder: 'archive.example',
      fileName: 'B-roll of the harbour.mov',
    },
  ]);
  const wrong = places.preview({ folderTemplate: 'a/{b', nameTemplate: '{nme}' });
  expect(wrong.examples).toEqual([]);
  expect(wrong.problems).toEqual({
    folderTemplate: { position: 3, message: expect.stringContaining('not closed') },
    nameTemplate: { position: 2, message: 'There is no token "nme" (position 2).' },
  });
  expect(wrong.tokens.map(({ token }) => token)).toContain('rendition');
});
