import { ffconcatList, shownStops, spreadStops } from './ffconcat.ts';
import { jpegSize } from './jpeg-size.ts';
import { ignoreFailed, stopsOf, type PictureTask } from './make-poster.ts';
import type { FfmpegRunner, MediaJob } from './media-job.ts';
import { seekStripArgs, stripArgs, stripFrameWidth, wholeStripArgs } from './picture-args.ts';

/** A filmstrip: frames side by side in one JPEG, each {@link stripFrameWidth} wide. */
export interface Strip {
  readonly jpeg: Buffer;
  /** How many frames of it show something; never more than were asked for. */
  readonly frames: number;
}

/** What is wanted of a strip. */
export interface StripWish {
  readonly frames: number;
  /** Whether key frames are too far apart to show the clip. Then a short clip is decoded whole. */
  readonly sparseKeyFrames: boolean;
}

/** Longest clip that is decoded whole for a strip, in milliseconds. */
const wholeDecodeMs = 30_000;
/** About one frame of the clip itself: a clip of five frames gives a strip of five. */
const shortestStepMs = 40;
/** Each seek is an input with buffers of its own: 20 of them took 400 MB. */
const mostSeeks = 8;
const maxStripBytes = 4 * 1024 * 1024;

/** Makes a filmstrip, by the cheapest way that works on the file. Null when none does. */
export async function makeStrip(
  runner: FfmpegRunner,
  task: PictureTask,
  wish: StripWish,
): Promise<Strip | null> {
  const { durationMs } = task;
  if (durationMs === null) return seekStrip(runner, task, [0]);
  const frames = Math.max(1, Math.min(wish.frames, Math.round(durationMs / shortestStepMs)));
  if (wish.sparseKeyFrames && durationMs <= wholeDecodeMs) {
    const whole = await runStrip(runner, wholeStripArgs(task.path, task.shape, { frames, durationMs }), {
      task,
      frames,
    });
    if (whole !== null) return whole;
  }
  const list = ffconcatList(task.path, stopsOf(task.shape, spreadStops(durationMs, frames)));
  if (list !== null) {
    const quick = await runStrip(runner, stripArgs(list, task.shape, frames), { task, frames });
    if (quick !== null) return quick;
  }
  const seeks = spreadStops(durationMs, Math.min(frames, mostSeeks));
  return (await seekStrip(runner, task, seeks)) ?? (await seekStrip(runner, task, [0]));
}

async function seekStrip(
  runner: FfmpegRunner,
  task: PictureTask,
  stopsMs: readonly number[],
): Promise<Strip | null> {
  return runStrip(runner, seekStripArgs(task.path, task.shape, stopsMs), { task, frames: stopsMs.length });
}

async function runStrip(
  runner: FfmpegRunner,
  job: MediaJob,
  wanted: { readonly task: PictureTask; readonly frames: number },
): Promise<Strip | null> {
  const limits = { signal: wanted.task.signal, maxOutputBytes: maxStripBytes };
  const result = await runner.run(job, limits).catch((error: unknown) => ignoreFailed(error));
  if (result === null || jpegSize(result.stdout)?.width !== wanted.frames * stripFrameWidth) return null;
  // A tile that got fewer frames than it has room for stays black at its end.
  const shown = shownStops(result.stderrTail)?.length ?? wanted.frames;
  return { jpeg: result.stdout, frames: Math.min(shown, wanted.frames) };
}
