import { execFile } from 'node:child_process';
import { chmod, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createFfmpegRunner } from '../../../electron/core/media/ffmpeg.ts';
import type { FfmpegRunner } from '../../../electron/core/media/media-job.ts';
import { findMediaTools } from '../../../electron/core/media/media-tools.ts';
import type { Log, MediaTools } from '../../../electron/core/ports.ts';
import { testFfmpegPath } from '../../support/clips.ts';

export const quiet: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** A folder and a runner for one test file; `close` removes and ends both. */
export interface MediaFixture {
  readonly dir: string;
  readonly runner: FfmpegRunner;
  /** A second runner with other tools, ended with the fixture. */
  runnerWith(tools: Partial<MediaTools>, maxParallel?: number): FfmpegRunner;
  /** An executable shell script; `$0` and the arguments are the script's to use. */
  script(name: string, body: string): Promise<string>;
  close(): Promise<void>;
}

export async function openMediaFixture(): Promise<MediaFixture> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'rushes-test-media-')));
  const tools = await findMediaTools();
  const runners: FfmpegRunner[] = [];
  const runnerWith = (other: Partial<MediaTools>, maxParallel?: number): FfmpegRunner => {
    const runner = createFfmpegRunner({
      tools: { ...tools, ...other },
      log: quiet,
      ...(maxParallel === undefined ? {} : { maxParallel }),
    });
    runners.push(runner);
    return runner;
  };
  return {
    dir,
    runner: runnerWith({}),
    runnerWith,
    async script(name, body) {
      const path = join(dir, name);
      await writeFile(path, `#!/bin/sh\n${body}\n`);
      await chmod(path, 0o755);
      return path;
    },
    async close() {
      await Promise.all(runners.map((runner) => runner.close()));
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Mean red, green and blue of a whole picture file, as ffmpeg decodes it. */
export async function meanColour(path: string): Promise<readonly [number, number, number]> {
  const args = [
    '-v',
    'error',
    '-i',
    `file:${path}`,
    '-vf',
    'scale=1:1:flags=area',
    '-pix_fmt',
    'rgb24',
    '-f',
    'rawvideo',
    '-',
  ];
  const { stdout } = await promisify(execFile)(testFfmpegPath(), args, { encoding: 'buffer' });
  return [stdout[0] ?? 0, stdout[1] ?? 0, stdout[2] ?? 0];
}

/** Pixels of a picture file as grey, `size` in ffmpeg's form. */
export async function greyPixels(path: string, filter: string): Promise<Buffer> {
  const args = [
    '-v',
    'error',
    '-i',
    `file:${path}`,
    '-frames:v',
    '1',
    '-vf',
    filter,
    '-pix_fmt',
    'gray',
    '-f',
    'rawvideo',
    '-',
  ];
  return (await promisify(execFile)(testFfmpegPath(), args, { encoding: 'buffer' })).stdout;
}
