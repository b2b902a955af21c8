import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { scoreFrame } from '../../../electron/core/media/frame-score.ts';
import { testFfmpegPath } from '../../support/clips.ts';

const width = 64;
const height = 36;

test.each([
  ['smptebars', 'bars'],
  ['smptehdbars', 'bars'],
  ['pal75bars', 'bars'],
  ['pal100bars', 'bars'],
  ['color=c=black', 'black'],
  ['color=c=white', 'white'],
  ['color=c=0x336699', 'flat'],
  ['mandelbrot', 'picture'],
  ['life=mold=10:death_color=blue:life_color=white', 'picture'],
  ['testsrc', 'picture'],
] as const)('a frame of %s as ffmpeg gives it is %s', async (source, verdict) => {
  const sized = `${source}${source.includes('=') ? ':' : '='}size=640x360`;
  const args = ['-v', 'error', '-f', 'lavfi', '-i', sized, '-frames:v', '1'];
  const small = [
    '-vf',
    `scale=${width}:${height}:flags=fast_bilinear`,
    '-pix_fmt',
    'rgb24',
    '-f',
    'rawvideo',
    '-',
  ];
  const { stdout } = await promisify(execFile)(testFfmpegPath(), [...args, ...small], { encoding: 'buffer' });
  expect(scoreFrame({ width, height, pixels: stdout }).verdict).toBe(verdict);
});
