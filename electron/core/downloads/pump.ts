import { HttpFault, type HttpResponse } from '../http/http-client.ts';
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

/**
 * Writes a body to its place. Bytes beyond the place are never written; a body that breaks off leaves what came.
 *
 * @throws FileFault, and the errors of the journal.
 */
export async function pump(
  response: HttpResponse,
  place: Place,
  to: { line: Line; target: Target; signal: AbortSignal },
): Promise<Pumped> {
  const { part, journal } = to.target;
  // When the length is stated and right the end comes by itself, and the connection can be used again.
  const endsByItself =
    place.end !== null && parseContentLength(response.headers['content-length']) === place.end - place.start;
  let at = place.start;
  let run = journal.begin(at);
  let runEnd = at + place.runBytes;
  try {
    // An empty file: nothing may be written, whatever the body says.
    if (place.end === place.start) return { at, fault: null };
    for await (const chunk of response.chunks()) {
      const bytes = place.end === null ? chunk : chunk.subarray(0, place.end - at);
      if (bytes.byteLength === 0) break;
      await part.write(bytes, at);
      run.wrote(bytes);
      at += bytes.byteLength;
      to.line.onBytes(bytes.byteLength);
      if (at >= runEnd) {
        run.end();
        run = journal.begin(at);
        runEnd = at + place.runBytes;
      }
      await journal.flushIfDue();
      await to.line.pace.take(bytes.byteLength, to.signal);
      if (at === place.end && !endsByItself) break;
    }
    return { at, fault: null };
  } catch (error) {
    if (error instanceof HttpFault) return { at, fault: error };
    throw error;
  } finally {
    run.end();
    if (place.end === place.start) await response.discard();
  }
}
