import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/**
 * Checks a database file whole while it is in use: `ok`, or the first thing that is wrong.
 *
 * In a thread of its own with a connection of its own: reading a large file through takes seconds.
 *
 * @param workerUrl where check-worker lies: the source file, or what a bundler made of it.
 */
export async function checkDatabase(file: string, workerUrl: URL): Promise<string> {
  const worker = new Worker(workerUrl, { workerData: file });
  try {
    // A worker that cannot start tells by its error event, which rejects here.
    const [result] = (await once(worker, 'message')) as [string];
    return result;
  } finally {
    await worker.terminate();
  }
}
