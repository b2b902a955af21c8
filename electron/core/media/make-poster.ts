import { ffconcatList, shownStops, spreadStops, type Stops } from './ffconcat.ts';
import { chooseFrame, type RgbFrame } from './frame-score.ts';
import { jpegSize } from './jpeg-size.ts';
import { MediaFault } from './media-fault.ts';
import type { FfmpegRunner, MediaJob } from './media-job.ts';
import {
  candidatesArgs,
  candidateSize,
  firstFrameArgs,
  posterArgs,
  posterWidth,
  type VideoShape,
} from './picture-args.ts';

/** A clip that pictures are made of. */
export interface PictureTask {
  readonly path: string;
  readonly shape: VideoShape;
  /** Null when nobody knows. */
  readonly durationMs: number | null;
  readonly signal?: AbortSignal | undefined;
}

/** A poster, and what the search for it learnt. */
export interface Poster {
  readonly jpeg: Buffer;
  readonly atMs: number;
  /** How many of the candidates differ from the one before; few mean that key frames are far apart. */
  readonly distinct: number;
  readonly candidates: number;
}

const candidateCount = 8;
/** Where to look in a file of unknown length; stops past its end give nothing. */
const blindStopsMs = [0, 1000, 2000, 4000, 8000, 15_000, 30_000, 60_000];
/** A key frame comes at least this often in nearly every broadcast stream. */
const looseHoldMs = 2000;
const frameBytes = candidateSize.width * candidateSize.height * 3;

/** Chooses the frame that stands for a clip best and makes it a JPEG. */
export async function makePoster(runner: FfmpegRunner, task: PictureTask): Promise<Poster> {
  const seen = await seeCandidates(runner, task);
  const chosen = chooseFrame(seen.frames);
  const wantedMs = (chosen === null ? undefined : seen.stopsMs[chosen]) ?? 0;
  return {
    ...(await takePoster(runner, task, wantedMs)),
    distinct: countDistinct(seen.frames),
    candidates: seen.frames.length,
  };
}

interface Candidates {
  readonly frames: readonly RgbFrame[];
  readonly stopsMs: readonly number[];
}

async function seeCandidates(runner: FfmpegRunner, task: PictureTask): Promise<Candidates> {
  const atMs = task.durationMs === null ? blindStopsMs : spreadStops(task.durationMs, candidateCount);
  const list = ffconcatList(task.path, stopsOf(task.shape, atMs));
  if (list !== null) {
    const seen = await readFrames(runner, candidatesArgs(list, task.shape), task);
    const stopsMs = (seen.stops ?? []).map((stop) => atMs[stop] ?? 0);
    if (seen.frames.length > 0 && seen.frames.length === stopsMs.length)
      return { frames: seen.frames, stopsMs };
  }
  const first = await readFrames(runner, firstFrameArgs(task.path, task.shape), task);
  return { frames: first.frames, stopsMs: [0] };
}

/** The stops of a list for this kind of file. */
export function stopsOf(shape: VideoShape, atMs: readonly number[]): Stops {
  return { atMs, startMs: shape.startMs, holdMs: shape.looseSeek ? looseHoldMs : 1 };
}

/** Candidates are worth a try and no more: a run that fails gives none. Cancelling is not failing. */
async function readFrames(
  runner: FfmpegRunner,
  job: MediaJob,
  task: PictureTask,
): Promise<{ frames: RgbFrame[]; stops: number[] | null }> {
  const maxOutputBytes = frameBytes * candidateCount * 2;
  const limits = { signal: task.signal, maxOutputBytes };
  const result = await runner.run(job, limits).catch((error: unknown) => ignoreFailed(error));
  if (result === null) return { frames: [], stops: null };
  const count = Math.floor(result.stdout.length / frameBytes);
  const frames = Array.from({ length: count }, (_, index) => ({
    ...candidateSize,
    pixels: result.stdout.subarray(index * frameBytes, (index + 1) * frameBytes),
  }));
  return { frames, stops: shownStops(result.stderrTail) };
}

/** Answers null for a run that did not work on this file; anything else is thrown on. */
export function ignoreFailed(error: unknown): null {
  if (error instanceof MediaFault && (error.kind === 'failed' || error.kind === 'refused')) return null;
  throw error;
}

/** The key frame before the time; where a file marks none, the first frame of all. */
async function takePoster(
  runner: FfmpegRunner,
  task: PictureTask,
  atMs: number,
): Promise<{ jpeg: Buffer; atMs: number }> {
  const tries = [
    { ms: atMs, keyFrame: true },
    ...(atMs > 0 ? [{ ms: atMs, keyFrame: false }] : []),
    { ms: 0, keyFrame: false },
  ];
  let fault: MediaFault | null = null;
  for (const at of tries) {
    try {
      const { stdout } = await runner.run(posterArgs(task.path, task.shape, at), { signal: task.signal });
      if (jpegSize(stdout)?.width === posterWidth) return { jpeg: stdout, atMs: at.ms };
      fault ??= new MediaFault('failed', 'ffmpeg made no picture of this file');
    } catch (error) {
      ignoreFailed(error);
      if (error instanceof MediaFault) fault ??= error;
    }
  }
  throw fault ?? new MediaFault('failed', 'ffmpeg made no picture of this file');
}

function countDistinct(frames: readonly RgbFrame[]): number {
  return frames.filter((frame, index) => {
    const before = frames[index - 1];
    return before === undefined || Buffer.compare(before.pixels, frame.pixels) !== 0;
  }).length;
}
