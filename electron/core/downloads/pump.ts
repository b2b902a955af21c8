import { HttpFault, type HttpResponse } from '../http/http-client.ts';
import type { SaveTo } from '../http/save-to.ts';
import { parseContentLength } from './content-range.ts';
import type { Line, Target } from './transfer-context.ts';

/** How far a body went. */
export interface Pumped {
  /** The first byte that is not there. */
  readonly at: number;
  /** What ended the body before its time, if anything did. */
  readonly fault: HttpFault | null;
}

/** Where a body belongs; `end` is null when nobody knows how long it is. */
export interface Place {
  readonly start: number;
  readonly end: number | null;
  /** A new journalled run begins after this many bytes, so that a damaged one is cheap to fetch again. */
  readonly runBytes: number;
}

interface PumpTo {
  readonly line: Line;
  readonly target: Target;
  readonly signal: AbortSignal;
}

/**
 * Writes a body to its place. Bytes beyond the place are never written; a body that breaks off leaves what came.
 *
 * @throws FileFault, and the errors of the journal.
 */
export async function pump(response: HttpResponse, place: Place, to: PumpTo): Promise<Pumped> {
  const { start, end, runBytes } = place;
  // An empty file: nothing may be written, whatever the body says.
  if (end === start) {
    await response.discard();
    return { at: start, fault: null };
  }
  if (!response.save || end === null) return pumpChunks(response, place, to);
  return pumpBySaving(response.save, { start, end, runBytes }, to);
}

async function pumpBySaving(
  save: NonNullable<HttpResponse['save']>,
  { start, end, runBytes }: Place & { readonly end: number },
  { line, target, signal }: PumpTo,
): Promise<Pumped> {
  let at = start;
  const onWrote: SaveTo['onWrote'] = (runs) => {
    target.journal.wrote(runs);
    const before = at;
    for (const run of runs) at = Math.max(at, run.start + run.length);
    const count = at - before;
    const disk = target.journal.flushIfDue();
    if (!line.pace.limited) {
      line.onBytes(count);
      return disk;
    }
    // Shown when they may count: what has come ahead of a limit would look like a breach of it.
    const pace = line.pace.take(count, signal).then(() => line.onBytes(count));
    return disk ? Promise.all([disk, pace]).then(() => undefined) : pace;
  };
  return save({ file: target.part.file, start, end, runBytes, onWrote, signal });
}

async function pumpChunks(response: HttpResponse, place: Place, to: PumpTo): Promise<Pumped> {
  const { part, journal } = to.target;
  // When the length is stated and right the end comes by itself, and the connection can be used again.
  const endsByItself =
    place.end !== null && parseContentLength(response.headers['content-length']) === place.end - place.start;
  let at = place.start;
  let run = journal.begin(at);
  let runEnd = at + place.runBytes;
  try {
    for await (const chunk of response.chunks()) {
      const bytes = place.end === null ? chunk : chunk.subarray(0, place.end - at);
      if (bytes.byteLength === 0) break;
      await part.write(bytes, at);
      run.wrote(bytes);
      at += bytes.byteLength;
      if (at >= runEnd) {
        run = journal.begin(at);
        runEnd = at + place.runBytes;
      }
      await journal.flushIfDue();
      await to.line.pace.take(bytes.byteLength, to.signal);
      to.line.onBytes(bytes.byteLength);
      if (at === place.end && !endsByItself) break;
    }
    return { at, fault: null };
  } catch (error) {
    if (error instanceof HttpFault) return { at, fault: error };
    throw error;
  }
}
