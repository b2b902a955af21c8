import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assetPageSchema } from '../../../shared/portal-api/catalogue.ts';
import { portalPaths } from '../../../shared/portal-api/paths.ts';
import { demoAssets, recipeOf } from '../../../electron/portal/demo/demo-catalogue.ts';
import { createMediaMaker, sweepMediaCache } from '../../../electron/portal/demo/make-media.ts';
import { profileOf } from '../../../electron/portal/demo/media-recipe.ts';
import type { OutputKind } from '../../../electron/portal/demo/media-recipe.ts';
import { findMediaTools } from '../../../electron/portal/demo/media-tools.ts';
import { createPortal } from '../../../electron/portal/create-portal.ts';
import { portalMediaCache, send, startPortal } from '../../support/portal.ts';

const run = promisify(execFile);
const { path: ffprobePath } = createRequire(import.meta.url)('@ffprobe-installer/ffprobe') as {
  path: string;
};
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'rushes-demo-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

interface Probe {
  streams: {
    codec_type: string;
    codec_name: string;
    width?: number;
    height?: number;
    r_frame_rate: string;
    field_order?: string;
    tags?: { timecode?: string };
  }[];
  format: { duration: string; tags?: { timecode?: string } };
}

async function probe(path: string): Promise<Probe> {
  const { stdout } = await run(ffprobePath, [
    '-v',
    'error',
    '-show_streams',
    '-show_format',
    '-of',
    'json',
    path,
  ]);
  return JSON.parse(stdout) as Probe;
}

const telling: [OutputKind, number][] = [
  ['h264-1080', 412001],
  ['mxf-50', 412003],
  ['prores-540', 412012],
  ['h264-mov-720', 411911],
  ['h264-tall', 411461],
];

describe('demo media', () => {
  it.each(telling)('is what the catalogue says: %s of %d', async (kind, id) => {
    const asset = demoAssets().find(({ version }) => version.id === id);
    if (asset === undefined) throw new Error(`no demo asset ${id}`);
    const recipe = recipeOf(asset);
    const signal = new AbortController().signal;
    const media = await createMediaMaker({ cacheDir: portalMediaCache, ...findMediaTools(), signal }).make(
      recipe,
    );
    const { streams, format } = await probe(media.outputs.get(kind)?.path ?? '');
    const profile = profileOf(kind);
    const video = streams.find((stream) => stream.codec_type === 'video');
    const [num = 0, den = 1] = (video?.r_frame_rate ?? '').split('/').map(Number);
    expect(video).toMatchObject({
      codec_name: profile.videoCodec,
      width: profile.width,
      height: profile.height,
    });
    expect(num * recipe.rate.den).toBe(recipe.rate.num * den);
    expect(video?.field_order ?? 'progressive').toMatch(
      profile.scan === 'interlaced' ? /^tt|tb$/ : /^progressive$/,
    );
    expect(streams.find((stream) => stream.codec_type === 'audio')?.codec_name).toBe(profile.audioCodec);
    const timecode = video?.tags?.timecode ?? format.tags?.timecode;
    expect(timecode).toBe(recipe.startTimecode);
    expect(Math.abs(Number(format.duration) - recipe.durationS)).toBeLessThan(0.1);
  });

  it('has one silent asset without an audio stream among the first six', async () => {
    const asset = demoAssets()
      .slice(0, 6)
      .find(({ story }) => story.look.silent === true);
    if (asset === undefined) throw new Error('no silent asset');
    const signal = new AbortController().signal;
    const maker = createMediaMaker({ cacheDir: portalMediaCache, ...findMediaTools(), signal });
    const media = await maker.make(recipeOf(asset));
    for (const file of media.outputs.values()) {
      expect((await probe(file.path)).streams.map((stream) => stream.codec_type)).not.toContain('audio');
    }
  });

  it('offers a varied selection of six', async () => {
    const portal = await startPortal({ items: 6 });
    try {
      const { items } = assetPageSchema.parse((await send(portal, portalPaths.assets)).body);
      const renditions = items.flatMap((item) => item.renditions);
      expect(items.map((item) => item.status)).toContain('embargoed');
      expect(renditions.map((file) => file.videoCodec)).toEqual(
        expect.arrayContaining(['h264', 'mpeg2video', 'prores']),
      );
      expect(renditions.some((file) => file.dropFrame && file.rateNum === 30000)).toBe(true);
      expect(renditions.some((file) => file.audioCodec === null)).toBe(true);
      const mxf = renditions.find((file) => file.container === 'mxf');
      expect(mxf?.sizeBytes).toBeGreaterThan(25e6);
    } finally {
      await portal.close();
    }
  });

  it('leaves no half-made folder behind when a start is given up', async () => {
    const given = new AbortController();
    const cache = join(dir, 'cache');
    const starting = createPortal({ dir: join(dir, 'state'), mediaCacheDir: cache, signal: given.signal });
    setTimeout(() => given.abort(), 400);
    await expect(starting).rejects.toThrow(/abort/i);
    expect((await readdir(cache)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('sweeps the unfinished folders of killed programs, and leaves those of running ones', async () => {
    const cache = join(dir, 'swept');
    await mkdir(join(cache, 'old.tmp'), { recursive: true });
    await mkdir(join(cache, 'running.tmp'));
    const hoursAgo = new Date(Date.now() - 2 * 60 * 60_000);
    await utimes(join(cache, 'old.tmp'), hoursAgo, hoursAgo);
    await sweepMediaCache(cache, Date.now());
    expect(await readdir(cache)).toEqual(['running.tmp']);
  });
});
