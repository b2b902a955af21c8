import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const chunkBytes = 256 * 1024;
/** With a speed limit, a chunk is a twentieth of a second's worth, so that the flow is even. */
const chunksASecond = 20;
const smallestChunkBytes = 1024;

/** A span of a file to send, both ends included. */
export interface BodySpan {
  readonly path: string;
  readonly first: number;
  readonly last: number;
}

/** How a body is sent. */
export interface BodyOptions {
  readonly bytesPerSecond?: number | undefined;
  /** Told once, when all is sent or the reader has gone. */
  readonly onEnd: (bytesSent: number) => void;
  readonly onBytes: (bytes: number) => void;
}

/**
 * Streams a span of a file, reading only when the socket asks for more.
 *
 * The file is opened here and closed when the stream ends, fails or is cancelled.
 */
export async function openFileBody(
  span: BodySpan,
  options: BodyOptions,
): Promise<ReadableStream<Uint8Array>> {
  const file = await open(span.path, 'r');
  const gone = new AbortController();
  const pace = createPace(options.bytesPerSecond);
  let position = span.first;
  let ended = false;
  const end = async (): Promise<void> => {
    if (ended) return;
    ended = true;
    gone.abort();
    await file.close();
    options.onEnd(position - span.first);
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const chunk = await readChunk(file, position, Math.min(pace.chunkBytes, span.last + 1 - position));
          await pace.wait(chunk.length, gone.signal);
          position += chunk.length;
          options.onBytes(chunk.length);
          controller.enqueue(chunk);
          if (position > span.last) {
            await end();
            controller.close();
          }
        } catch (error) {
          const cancelled = ended;
          await end();
          if (!cancelled) controller.error(error);
        }
      },
      cancel: end,
    },
    // Nothing is read ahead of the socket.
    { highWaterMark: 0 },
  );
}

async function readChunk(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead === 0) throw new Error('the file is shorter than it was');
  return bytesRead === length ? buffer : buffer.subarray(0, bytesRead);
}

interface Pace {
  readonly chunkBytes: number;
  /** Waits until sending this many more bytes keeps within the limit. */
  wait(bytes: number, signal: AbortSignal): Promise<void>;
}

function createPace(bytesPerSecond: number | undefined): Pace {
  if (bytesPerSecond === undefined) return { chunkBytes, wait: () => Promise.resolve() };
  const startedMs = performance.now();
  let sent = 0;
  return {
    chunkBytes: Math.max(
      smallestChunkBytes,
      Math.min(chunkBytes, Math.floor(bytesPerSecond / chunksASecond)),
    ),
    async wait(bytes, signal) {
      sent += bytes;
      const dueMs = startedMs + (sent / bytesPerSecond) * 1000;
      const waitMs = dueMs - performance.now();
      if (waitMs > 1) await sleep(waitMs, undefined, { signal });
    },
  };
}
