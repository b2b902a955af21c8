import { execFile } from 'node:child_process';
import { access, mkdir, rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Clips made by ffmpeg's own test sources: no footage of anybody's is in the repository. They are kept in a cache folder
 * and made once a machine; a clip's name changes when its recipe does.
 */

const run = promisify(execFile);
const cacheDir = join(import.meta.dirname, '../../node_modules/.cache/rushes-test-clips');

/** How a clip is made: ffmpeg's arguments before the output file. `from` is another clip, read as the first input. */
interface ClipRecipe {
  readonly file: string;
  readonly from?: 'h264';
  readonly args: readonly string[];
}

const picture = (seconds: number, rate = '25', size = '320x180'): string[] => [
  '-f',
  'lavfi',
  '-i',
  `mandelbrot=size=${size}:rate=${rate}:end_scale=0.01:end_pts=100,trim=duration=${seconds}`,
];
const tone = (seconds: number): string[] => [
  '-f',
  'lavfi',
  '-i',
  `sine=frequency=440:sample_rate=48000:duration=${seconds}`,
];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '5', '-pix_fmt', 'yuv420p'];
const aac = ['-c:a', 'aac', '-ac', '2'];

/** Starts with a second of something that no poster should show. */
const startsWith = (source: string): string[] => [
  '-f',
  'lavfi',
  '-i',
  `${source}size=320x180:rate=25:duration=1`,
  ...picture(2),
  '-filter_complex',
  '[0]format=yuv420p,setsar=1[a];[1]format=yuv420p,setsar=1[b];[a][b]concat=n=2',
  ...h264,
];

const recipes = {
  h264: { file: 'h264-25p.mp4', args: [...picture(3), ...tone(3), ...h264, ...aac, '-shortest'] },
  longGop: { file: 'long-gop.mp4', args: [...picture(3), ...h264, '-g', '250'] },
  dropFrame: {
    file: 'drop-frame.mov',
    args: [
      ...picture(2, '30000/1001'),
      ...h264,
      '-timecode',
      '01:00:00;00',
      '-metadata:s:v:0',
      'reel_name=A001',
    ],
  },
  mxf: {
    file: 'mpeg2-50i.mxf',
    args: [
      ...picture(2, '25', '640x360'),
      ...tone(2),
      '-c:v',
      'mpeg2video',
      '-pix_fmt',
      'yuv422p',
      '-b:v',
      '8M',
      '-g',
      '12',
      '-bf',
      '2',
      '-flags',
      '+ildct+ilme',
      '-top',
      '1',
      '-c:a',
      'pcm_s16le',
      '-timecode',
      '10:00:00:00',
    ],
  },
  prores: {
    file: 'prores.mov',
    args: [...picture(1), ...tone(1), '-c:v', 'prores_ks', '-profile:v', '2', '-c:a', 'pcm_s16le'],
  },
  vertical: { file: 'vertical.mp4', args: [...picture(2, '25', '180x320'), ...h264] },
  rotated: { file: 'rotated.mp4', from: 'h264', args: ['-c', 'copy', '-metadata:s:v:0', 'rotate=90'] },
  anamorphic: {
    file: 'anamorphic.mp4',
    args: [...picture(1, '25', '360x288'), '-vf', 'setsar=64/45', ...h264],
  },
  blackStart: { file: 'black-start.mp4', args: startsWith('color=c=black:') },
  barsStart: { file: 'bars-start.mp4', args: startsWith('smptebars=') },
  oneFrame: { file: 'one-frame.mp4', args: [...picture(1), ...h264, '-frames:v', '1'] },
  fiveFrames: { file: 'five-frames.mp4', args: [...picture(1), ...h264, '-frames:v', '5'] },
  audioOnly: { file: 'audio-only.mp4', args: [...tone(2), ...aac, '-metadata:s:a:0', 'language=fra'] },
  oddName: {
    file: `it's 50% of "one" #1 [x] – Zoë;&$(y).mp4`,
    from: 'h264',
    args: ['-c', 'copy'],
  },
  webm: {
    file: 'vp9.webm',
    args: [
      ...picture(1),
      '-c:v',
      'libvpx-vp9',
      '-deadline',
      'realtime',
      '-b:v',
      '300k',
      '-pix_fmt',
      'yuv420p',
    ],
  },
  transport: { file: 'transport.ts', from: 'h264', args: ['-c', 'copy', '-f', 'mpegts'] },
  /** As a live recording that nobody closed: no length, no index. */
  unknownLength: {
    file: 'live.mkv',
    from: 'h264',
    args: ['-c', 'copy', '-an', '-f', 'matroska', '-live', '1'],
  },
} satisfies Record<string, ClipRecipe>;

/** The clips that tests can ask for. */
export type ClipName = keyof typeof recipes;

/** The ffmpeg that makes the clips: the one that the product runs. */
export function testFfmpegPath(): string {
  const found = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg') as { path: string };
  return found.path;
}

/** The absolute path of a clip, made now when it is not in the cache. */
export async function makeClip(name: ClipName): Promise<string> {
  const recipe: ClipRecipe = recipes[name];
  const path = join(cacheDir, recipe.file);
  if (await exists(path)) return path;
  await mkdir(cacheDir, { recursive: true });
  const input = recipe.from === undefined ? [] : ['-i', `file:${await makeClip(recipe.from)}`];
  // Test files run at once: each makes the clip under a name of its own and the last rename wins.
  const half = join(cacheDir, `.${process.pid}-${Date.now()}-${basename(recipe.file)}`);
  await run(testFfmpegPath(), ['-nostdin', '-v', 'error', '-y', ...input, ...recipe.args, `file:${half}`]);
  await rename(half, path);
  return path;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
