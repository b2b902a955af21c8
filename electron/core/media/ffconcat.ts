/** Where an {@link ffconcatList} stops. Times in milliseconds. */
export interface Stops {
  readonly atMs: readonly number[];
  /** The timestamp of the file's first frame: in-points count from zero, not from there. */
  readonly startMs: number;
  /** How long after a stop frames are still taken. Containers that seek between key frames need to reach the next. */
  readonly holdMs: number;
}

/**
 * Writes an ffconcat list that visits one file at several times: one process, one header read, one key frame a stop.
 *
 * Each stop is given a nominal length of 1,000 s, so that a frame's timestamp tells its stop whatever the key frame's
 * own time is. Null when the path cannot be written in a list: the format ends a name at the line break.
 */
export function ffconcatList(path: string, stops: Stops): string | null {
  if (/[\r\n\0]/.test(path)) return null;
  const name = `'file:${path.replaceAll("'", String.raw`'\''`)}'`;
  const lines = stops.atMs.map((ms) => {
    const from = ms + stops.startMs;
    return `file ${name}\ninpoint ${seconds(from)}\noutpoint ${seconds(from + stops.holdMs)}\nduration 1000\n`;
  });
  return `ffconcat version 1.0\n${lines.join('')}`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** The filter that keeps the first frame of each stop of an {@link ffconcatList}. */
export const firstFrameOfStop = String.raw`select='isnan(prev_selected_t)+gt(floor((t+500)/1000)\,floor((prev_selected_t+500)/1000))'`;

/** `count` times spread over a length, each in the middle of its share; whole milliseconds. */
export function spreadStops(durationMs: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * durationMs) / count));
}

/**
 * Which stops gave a frame, from what the `showinfo` filter wrote: one line a frame, in order. A stop past the end of the
 * file gives none. Null when nothing was written.
 */
export function shownStops(stderr: string): number[] | null {
  const times = [...stderr.matchAll(/\bn: *\d+ +pts: *\S+ +pts_time: *(\d+(?:\.\d+)?)/g)];
  return times.length === 0 ? null : times.map((match) => Math.floor((Number(match[1]) + 500) / 1000));
}
