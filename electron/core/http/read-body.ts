import { HttpFault } from './http-client.ts';
import { classifyFault } from './classify-fault.ts';

/** A body as undici gives it. */
export interface BodyStream extends AsyncIterable<Uint8Array> {
  destroy(error?: Error): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/**
 * The chunks of a body with a limit on silence. Time that the reader takes over a chunk (a slow disk) is not silence
 * and is not counted.
 */
export async function* readChunks(
  body: BodyStream,
  options: {
    idleTimeoutMs: number;
    host: string;
    signal: AbortSignal | undefined;
    /** Whether the end of the connection, which is the end of the body, was no clean one. */
    endedBadly?: () => boolean;
  },
): AsyncGenerator<Uint8Array> {
  let waiting = true;
  const timer = setTimeout(() => {
    if (waiting) body.destroy(new HttpFault('timeout', `${options.host} fell silent.`));
  }, options.idleTimeoutMs);
  try {
    for await (const chunk of body) {
      waiting = false;
      yield chunk;
      waiting = true;
      timer.refresh();
    }
    if (options.endedBadly?.())
      throw new HttpFault('disconnected', `${options.host} broke the connection off.`);
  } catch (error) {
    throw options.signal?.aborted
      ? new HttpFault('cancelled', `The request to ${options.host} was cancelled.`)
      : classifyFault(error, options.host);
  } finally {
    clearTimeout(timer);
    body.destroy();
  }
}

/** The whole of a body, or a fault of kind `bad-content` when it is larger than `maxBytes`. */
export async function readAll(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  host: string,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.byteLength;
    if (total > maxBytes) throw new HttpFault('bad-content', `${host} sent more than ${maxBytes} bytes.`);
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

/** The bytes of a body as JSON, or a fault of kind `bad-content`. */
export function parseJson(bytes: Uint8Array, host: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw new HttpFault('bad-content', `${host} sent something that is not JSON.`);
  }
}
