import { Worker } from 'node:worker_threads';
import { toFileFault } from './file-fault.ts';

/** Hashes that a source may give. */
export type HashKind = 'crc32' | 'xxh64' | 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** What the worker is told: whole-file hashes in one pass, and xxh64 of single ranges. */
export interface HashTask {
  readonly path: string;
  readonly kinds: readonly HashKind[];
  readonly ranges: ReadonlyArray<{ readonly start: number; readonly length: number }>;
  /** Gives way to other work where a thread can have a priority of its own. */
  readonly calm: boolean;
}

/** What the worker says. A range that reaches beyond the end of the file is hashed as far as it goes. */
export type HashAnswer =
  | { readonly kind: 'progress'; readonly bytes: number }
  | {
      readonly kind: 'done';
      readonly whole: Partial<Record<HashKind, string>>;
      readonly pieces: readonly string[];
      readonly sizeBytes: number;
    }
  | { readonly kind: 'failed'; readonly code: string; readonly errno: number };

/** A finished count: lower-case hexadecimal hashes, and the bytes that the whole-file pass read. */
export interface FileHashes {
  readonly whole: Readonly<Partial<Record<HashKind, string>>>;
  readonly pieces: readonly string[];
  readonly sizeBytes: number;
}

/** How a file is to be hashed. */
export interface HashRequest {
  readonly path: string;
  readonly kinds?: readonly HashKind[];
  readonly ranges?: HashTask['ranges'];
  readonly calm?: boolean;
  /** Where hash-worker lies: the source file, or what a bundler made of it. */
  readonly workerUrl: URL;
  readonly signal?: AbortSignal;
  readonly onProgress?: (bytes: number) => void;
}

/**
 * Hashes a file in a worker thread, so that the event loop stays free.
 *
 * @throws FileFault; the signal's reason when it aborts.
 */
export async function hashFile(request: HashRequest): Promise<FileHashes> {
  request.signal?.throwIfAborted();
  const { path, kinds = [], ranges = [], calm = false } = request;
  const task: HashTask = { path, kinds, ranges, calm };
  const worker = new Worker(request.workerUrl, { workerData: task });
  const { promise, resolve, reject } = Promise.withResolvers<FileHashes>();
  const onAbort = (): void => reject(request.signal?.reason);
  request.signal?.addEventListener('abort', onAbort);
  worker.on('message', (answer: HashAnswer) => {
    if (answer.kind === 'progress') request.onProgress?.(answer.bytes);
    else if (answer.kind === 'done') resolve(answer);
    else reject(toFileFault(answer, 'Reading the file failed'));
  });
  worker.on('error', reject);
  worker.on('exit', () => reject(new Error('The hash worker ended without an answer.')));
  try {
    return await promise;
  } finally {
    request.signal?.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
}
