import { firstFrameOfStop } from './ffconcat.ts';
import { inputGuard, runGuard } from './input-guard.ts';
import type { MediaJob } from './media-job.ts';

/** What the builders must know of a video stream. Sizes are of the upright picture with square pixels. */
export interface VideoShape {
  readonly streamIndex: number;
  readonly width: number;
  readonly height: number;
  /** How far the picture must be turned clockwise to stand upright. */
  readonly turn: 0 | 90 | 180 | 270;
  /** The timestamp of the file's first frame, in milliseconds. */
  readonly startMs: number;
  /** Whether a seek in this container may end between key frames. */
  readonly looseSeek: boolean;
}

/** Width of a poster, in pixels. */
export const posterWidth = 480;
/** Width of one frame of a filmstrip, in pixels. */
export const stripFrameWidth = 160;
/** Size of the frames that candidates for a poster are judged by. */
export const candidateSize = { width: 64, height: 36 } as const;

const onlyKeyFrames = ['-skip_frame', 'nokey'];
const jpeg = ['-c:v', 'mjpeg', '-q:v', '4', '-f', 'mjpeg'];

/** Height that fits a width, even, and sane for a picture that claims to be 1 pixel high or 60,000. */
export function fittedHeight(shape: VideoShape, width: number): number {
  const height = Math.round((width * shape.height) / shape.width / 2) * 2;
  return Math.min(Math.max(height, 16), width * 4);
}

/** One JPEG at a time. `keyFrame` takes the key frame before it, which is cheap; otherwise the exact frame. */
export function posterArgs(path: string, shape: VideoShape, at: { ms: number; keyFrame: boolean }): MediaJob {
  const seek = at.ms > 0 ? [...(at.keyFrame ? ['-noaccurate_seek'] : []), '-ss', seconds(at.ms)] : [];
  const size = scale(posterWidth, fittedHeight(shape, posterWidth), 'area');
  return {
    inputs: [fileInput(path, [...(at.keyFrame ? onlyKeyFrames : []), ...seek])],
    outputOptions: [
      ...picturesOnly(shape),
      '-vf',
      filters([...upright(shape), size, 'format=yuvj420p']),
      '-frames:v',
      '1',
      ...jpeg,
    ],
  };
}

/** Small RGB frames, one for each stop of a list, on stdout one after the other. */
export function candidatesArgs(list: string, shape: VideoShape): MediaJob {
  const { width, height } = candidateSize;
  return {
    inputs: [listInput(list)],
    outputOptions: [
      ...picturesOnly(shape),
      '-vf',
      filters([
        firstFrameOfStop,
        ...upright(shape),
        scale(width, height, 'fast_bilinear'),
        'showinfo',
        inARow,
      ]),
      '-r',
      '25',
      '-pix_fmt',
      'rgb24',
      '-f',
      'rawvideo',
    ],
  };
}

/** The very first frame of a file as a candidate, for files that cannot be searched. */
export function firstFrameArgs(path: string, shape: VideoShape): MediaJob {
  const { width, height } = candidateSize;
  return {
    inputs: [fileInput(path, [])],
    outputOptions: [
      ...picturesOnly(shape),
      '-vf',
      filters([...upright(shape), scale(width, height, 'fast_bilinear')]),
      '-frames:v',
      '1',
      '-pix_fmt',
      'rgb24',
      '-f',
      'rawvideo',
    ],
  };
}

/** A filmstrip from the key frames at the stops of a list: one process, the cheapest way. */
export function stripArgs(list: string, shape: VideoShape, frames: number): MediaJob {
  return {
    inputs: [listInput(list)],
    outputOptions: [
      ...picturesOnly(shape),
      '-vf',
      filters([firstFrameOfStop, ...stripFrame(shape), 'showinfo', inARow, `tile=${frames}x1`]),
      '-frames:v',
      '1',
      ...jpeg,
    ],
  };
}

/** A filmstrip by decoding the whole file: for short clips whose key frames are too few to show anything. */
export function wholeStripArgs(
  path: string,
  shape: VideoShape,
  spread: { frames: number; durationMs: number },
): MediaJob {
  // A little faster than needed: rounding must not leave the last place empty.
  const rate = `fps=${spread.frames * 1000 + 250}/${Math.max(1, Math.round(spread.durationMs))}`;
  return {
    inputs: [fileInput(path, [], 'info')],
    outputOptions: [
      ...picturesOnly(shape),
      '-vf',
      filters([rate, ...stripFrame(shape), 'showinfo', inARow, `tile=${spread.frames}x1`]),
      '-frames:v',
      '1',
      ...jpeg,
    ],
  };
}

/** A filmstrip by one seek a frame, every seek an input of its own. Costs memory by the input: keep it to a few. */
export function seekStripArgs(path: string, shape: VideoShape, stopsMs: readonly number[]): MediaJob {
  const frame = filters(stripFrame(shape));
  const parts = stopsMs.map((_, index) => `[${index}:${shape.streamIndex}]${frame}[f${index}]`);
  const names = stopsMs.map((_, index) => `[f${index}]`).join('');
  // hstack needs two inputs or more.
  const joined =
    stopsMs.length === 1 ? `${names}null[strip]` : `${names}hstack=inputs=${stopsMs.length}[strip]`;
  return {
    inputs: stopsMs.map((ms) => fileInput(path, ['-noaccurate_seek', '-ss', seconds(ms)])),
    outputOptions: [
      '-filter_complex',
      [...parts, joined].join(';'),
      '-map',
      '[strip]',
      '-an',
      '-sn',
      '-dn',
      '-frames:v',
      '1',
      ...jpeg,
    ],
  };
}

/** Gives frames that lie far apart in time even timestamps: no version of ffmpeg then repeats or drops one. */
const inARow = 'settb=1/25,setpts=N';

function stripFrame(shape: VideoShape): string[] {
  const height = fittedHeight(shape, stripFrameWidth);
  return [...upright(shape), scale(stripFrameWidth, height, 'fast_bilinear'), 'format=yuvj420p'];
}

function fileInput(
  path: string,
  options: readonly string[],
  level: 'error' | 'info' = 'error',
): MediaJob['inputs'][number] {
  return {
    options: [...globalOptions(level), '-threads', '1', '-noautorotate', ...inputGuard('file'), ...options],
    source: { kind: 'file', path },
  };
}

function listInput(text: string): MediaJob['inputs'][number] {
  return {
    options: [
      ...globalOptions('info'),
      '-threads',
      '1',
      '-noautorotate',
      ...onlyKeyFrames,
      ...inputGuard('list'),
      '-f',
      'concat',
      '-safe',
      '0',
    ],
    source: { kind: 'list', text },
  };
}

/** `-timelimit` is in seconds of processor time and holds even when nobody is left to end the process. */
function globalOptions(level: 'error' | 'info'): string[] {
  return [...runGuard(level), '-nostdin', '-timelimit', '60'];
}

function picturesOnly(shape: VideoShape): string[] {
  return ['-map', `0:${shape.streamIndex}`, '-an', '-sn', '-dn'];
}

/** Turning is ours: the concat demuxer forgets the display matrix in old builds and keeps it in new ones. */
function upright(shape: VideoShape): string[] {
  const turns = { 0: [], 90: ['transpose=clock'], 180: ['hflip', 'vflip'], 270: ['transpose=cclock'] };
  return turns[shape.turn];
}

function scale(width: number, height: number, flags: string): string {
  return `scale=${width}:${height}:flags=${flags}:out_color_matrix=bt601,setsar=1`;
}

function filters(list: readonly string[]): string {
  return list.join(',');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
