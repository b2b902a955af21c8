import { ffconcatList, shownStops, spreadStops } from './ffconcat.ts';
import { jpegSize } from './jpeg-size.ts';
import { ignoreFailed, stopsOf, type PictureTask } from './make-poster.ts';
import type { FfmpegRunner, MediaJob } from './media-job.ts';
import { seekStripArgs, stripArgs, stripFrameWidth, wholeStripArgs } from './picture-args.ts';

/** A filmstrip: frames side by side in one JPEG, each {@link stripFrameWidth} wide. */
export interface Strip {
  readonly jpeg: Buffer;
  /** How many frames it holds: as many as were asked for, or fewer where the clip has no more. */
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
    const job = wholeStripArgs(task.path, task.shape, { frames, durationMs });
    const whole = await runStrip(runner, job, { task, frames });
    if (whole?.shown.length === frames) return { jpeg: whole.jpeg, frames };
  }
  const seeks = spreadStops(durationMs, Math.min(frames, mostSeeks));
  return (
    (await listStrip(runner, task, spreadStops(durationMs, frames))) ??
    (await seekStrip(runner, task, seeks)) ??
    (await seekStrip(runner, task, [0]))
  );
}

/** Stops that give no frame leave black at the strip's end: then it is made once more, of the others alone. */
async function listStrip(
  runner: FfmpegRunner,
  task: PictureTask,
  stopsMs: readonly number[],
): Promise<Strip | null> {
  let left = stopsMs;
  for (let tries = 0; tries < 2 && left.length > 0; tries += 1) {
    const list = ffconcatList(task.path, stopsOf(task.shape, left));
    if (list === null) return null;
    const frames = left.length;
    const made = await runStrip(runner, stripArgs(list, task.shape, frames), { task, frames });
    if (made === null) return null;
    if (made.shown.length === frames) return { jpeg: made.jpeg, frames };
    left = left.filter((_, index) => made.shown.includes(index));
  }
  return null;
}

async function seekStrip(
  runner: FfmpegRunner,
  task: PictureTask,
  stopsMs: readonly number[],
): Promise<Strip | null> {
  const frames = stopsMs.length;
  const made = await runStrip(runner, seekStripArgs(task.path, task.shape, stopsMs), { task, frames });
  return made === null ? null : { jpeg: made.jpeg, frames };
}

/** `shown` are the stops that gave a frame; none are known where the job does not say. */
async function runStrip(
  runner: FfmpegRunner,
  job: MediaJob,
  wanted: { readonly task: PictureTask; readonly frames: number },
): Promise<{ jpeg: Buffer; shown: readonly number[] } | null> {
  const limits = { signal: wanted.task.signal, maxOutputBytes: maxStripBytes };
  const result = await runner.run(job, limits).catch((error: unknown) => ignoreFailed(error));
  if (result === null || jpegSize(result.stdout)?.width !== wanted.frames * stripFrameWidth) return null;
  return { jpeg: result.stdout, shown: (shownStops(result.stderrTail) ?? []).slice(0, wanted.frames) };
}
