import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jpegSize } from '../../../electron/core/media/jpeg-size.ts';
import { createPictures, type PictureMaker } from '../../../electron/core/media/pictures.ts';
import { makeClip, type ClipName } from '../../support/clips.ts';
import { greyPixels, meanColour, openMediaFixture, quiet, type MediaFixture } from './media-fixture.ts';

let fixture: MediaFixture;
let pictures: PictureMaker;
beforeAll(async () => {
  fixture = await openMediaFixture();
  pictures = createPictures({ dir: join(fixture.dir, 'pictures'), runner: fixture.runner, log: quiet });
});
afterAll(() => fixture.close());

const sizeOf = async (path: string | null): Promise<string> => {
  const size = path === null ? null : jpegSize(await readFile(path));
  return size === null ? 'none' : `${size.width}x${size.height}`;
};

describe('pictures of real files', () => {
  test.each([
    ['h264', '480x270', 20, 90],
    ['longGop', '480x270', 20, 90],
    ['dropFrame', '480x270', 20, 90],
    ['mxf', '480x270', 20, 90],
    ['prores', '480x270', 20, 90],
    ['vertical', '480x854', 20, 284],
    ['rotated', '480x854', 20, 284],
    ['anamorphic', '480x270', 20, 90],
    ['oneFrame', '480x270', 1, 90],
    ['fiveFrames', '480x270', 5, 90],
    ['oddName', '480x270', 20, 90],
    ['webm', '480x270', 20, 90],
  ] as const)('%s', async (...row) => {
    const [name, poster, frames, frameHeight] = row;
    const made = await pictures.make({
      fingerprint: `x1-${name}`,
      path: await makeClip(name),
      durationMs: null,
    });
    expect(made.reason).toBeNull();
    expect(await sizeOf(made.posterPath)).toBe(poster);
    expect(made.stripFrames).toBe(frames);
    expect(await sizeOf(made.stripPath)).toBe(`${frames * 160}x${frameHeight}`);
  });

  test('a transport stream, whose clock does not start at zero, is searched too', async () => {
    const path = await makeClip('transport');
    const made = await pictures.make({ fingerprint: 'x1-transport', path, durationMs: null });
    expect(made.posterAtMs).toBeGreaterThan(500);
    expect(made.stripFrames).toBeGreaterThan(15);
    expect(await sizeOf(made.stripPath)).toBe(`${made.stripFrames * 160}x90`);
  });

  test('a file of unknown length gets a poster and one frame', async () => {
    const path = await makeClip('unknownLength');
    const made = await pictures.make({ fingerprint: 'x1-unknown', path, durationMs: null });
    expect(await sizeOf(made.posterPath)).toBe('480x270');
    expect(made.stripFrames).toBe(1);
  });

  test('sound alone has no picture, and says so', async () => {
    const made = await pictures.make({
      fingerprint: 'x1-sound',
      path: await makeClip('audioOnly'),
      durationMs: null,
    });
    expect(made).toEqual({
      posterPath: null,
      posterAtMs: null,
      stripPath: null,
      stripFrames: 0,
      reason: 'the file holds no picture',
    });
  });

  test.each(['blackStart', 'barsStart'] satisfies ClipName[])(
    'the poster of %s is not from its start',
    async (name) => {
      const made = await pictures.make({
        fingerprint: `x1-${name}`,
        path: await makeClip(name),
        durationMs: null,
      });
      expect(made.posterAtMs).toBeGreaterThanOrEqual(1000);
      expect(Math.max(...(await meanColour(made.posterPath ?? '')))).toBeGreaterThan(20);
    },
  );

  test('a turned clip stands upright, as ffmpeg itself would turn it', async () => {
    const path = await makeClip('rotated');
    const made = await pictures.make({ fingerprint: 'x1-rotated', path, durationMs: null });
    const [ours, theirs] = await Promise.all([
      greyPixels(made.stripPath ?? '', 'crop=160:284:0:0,scale=40:70'),
      greyPixels(path, 'scale=40:70'),
    ]);
    const strayed = ours.reduce((sum, value, index) => sum + Math.abs(value - (theirs[index] ?? 0)), 0);
    expect(strayed / ours.length).toBeLessThan(12);
  });

  test('key frames that are too far apart do not fill a short strip with one frame', async () => {
    const made = await pictures.make({
      fingerprint: 'x1-longGop',
      path: await makeClip('longGop'),
      durationMs: null,
    });
    const frame = (index: number) =>
      greyPixels(made.stripPath ?? '', `crop=160:90:${index * 160}:0,scale=16:9`);
    expect(Buffer.compare(await frame(0), await frame(19))).not.toBe(0);
  });
});

describe('keeping pictures', () => {
  test('what was made is used again, and made anew when it is damaged', async () => {
    const request = {
      fingerprint: 'x1-kept',
      path: await makeClip('h264'),
      durationMs: 3000,
      stripFrames: 6,
    };
    const first = await pictures.make(request);
    expect(first.stripFrames).toBe(6);
    const before = await stat(first.posterPath ?? '');
    expect(await pictures.make({ ...request, path: '/nowhere/gone.mp4' })).toEqual(first);
    expect((await stat(first.posterPath ?? '')).mtimeMs).toBe(before.mtimeMs);

    await writeFile(first.posterPath ?? '', 'half a pict');
    expect(await pictures.make(request)).toEqual(first);
    expect(await sizeOf(first.posterPath)).toBe('480x270');
    const left = await readdir(dirname(first.posterPath ?? ''));
    expect(left.sort()).toEqual(['made.json', 'poster.jpg', 'strip.jpg']);
  });

  test('a fingerprint that could leave the folder is refused', async () => {
    const request = { fingerprint: '../../x', path: await makeClip('h264'), durationMs: null };
    await expect(pictures.make(request)).rejects.toMatchObject({ kind: 'refused' });
  });

  test('a cancelled request leaves nothing half made', async () => {
    const path = await makeClip('h264');
    const request = { fingerprint: 'x1-cancelled', path, durationMs: null };
    await expect(pictures.make(request, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' });
    const abort = new AbortController();
    const making = pictures.make(request, abort.signal);
    setTimeout(() => abort.abort(), 30);
    await expect(making).rejects.toMatchObject({ kind: 'cancelled' });
    expect((await pictures.make(request)).stripFrames).toBe(20);
  });

  test('a name with a line break, which no list can hold, is made by seeks', async () => {
    const dir = join(fixture.dir, 'odd');
    await mkdir(dir);
    const path = join(dir, 'line\nbreak.mp4');
    await writeFile(path, await readFile(await makeClip('h264')));
    const made = await pictures.make({ fingerprint: 'x1-line', path, durationMs: null });
    expect(await sizeOf(made.posterPath)).toBe('480x270');
    expect(await sizeOf(made.stripPath)).toBe('1280x90');
    expect(made.stripFrames).toBe(8);
  });
});
