import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFindHeld } from '../../../electron/core/bridges/find-held.ts';
import { createLibrary } from '../../../electron/core/library/library.ts';
import { createFingerprinter } from '../../../electron/core/media/fingerprint.ts';
import { tempDir } from '../../support/temp.ts';
import { aRunner } from './a-job-runner.ts';

const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A library with one clip, whose file came from asset `a1`. */
async function aLibraryOf(content: string) {
  const { db, runner, clock } = aRunner();
  const library = createLibrary({
    db,
    jobs: runner,
    clock,
    notify: () => undefined,
    fingerprint: await createFingerprinter(),
    media: {
      probe: () => Promise.reject(new Error('Not asked.')),
      makePictures: () => Promise.reject(new Error('Not asked.')),
      hash: () => Promise.reject(new Error('Not asked.')),
    },
    restoreEvent: () => undefined,
    parallel: 1,
  });
  const path = join(tempDir(), 'quay.mp4');
  writeFileSync(path, content);
  const clipId = await library.adopt({
    downloadId: 'd1',
    sourceId: 's1',
    assetId: 'a1',
    title: 'Quay',
    url: null,
    snapshotJson: null,
    path,
    sizeBytes: content.length,
    sha256: sha256Of(content),
    verified: 'hash',
  });
  return { findHeld: createFindHeld({ library }), clipId, path };
}

test('a wanted file is found by its asset and size, else by the hash that is promised', async () => {
  const { findHeld, clipId, path } = await aLibraryOf('the whole film');
  const hash = { kind: 'sha256', value: sha256Of('the whole film').toUpperCase() } as const;
  expect(await findHeld({ assetId: 'a1', sizeBytes: 14, hash: null })).toEqual({
    clipId,
    path,
    by: 'identity',
  });
  expect(await findHeld({ assetId: 'another', sizeBytes: 14, hash })).toEqual({ clipId, path, by: 'hash' });
  expect(await findHeld({ assetId: 'another', sizeBytes: 14, hash: null })).toBeNull();
});

test('another rendition of the asset, or one whose size nobody knows, is not taken for it', async () => {
  const { findHeld } = await aLibraryOf('the whole film');
  expect(await findHeld({ assetId: 'a1', sizeBytes: 5, hash: null })).toBeNull();
  expect(await findHeld({ assetId: 'a1', sizeBytes: null, hash: null })).toBeNull();
  const md5 = { kind: 'md5', value: 'd41d8cd98f00b204e9800998ecf8427e' } as const;
  expect(await findHeld({ assetId: 'a1', sizeBytes: 5, hash: md5 })).toBeNull();
});

test('a file that is gone, or not as long as it was, is not here', async () => {
  const { findHeld, path } = await aLibraryOf('the whole film');
  writeFileSync(path, 'cut');
  expect(await findHeld({ assetId: 'a1', sizeBytes: 14, hash: null })).toBeNull();
  rmSync(path);
  expect(await findHeld({ assetId: 'a1', sizeBytes: 14, hash: null })).toBeNull();
});
