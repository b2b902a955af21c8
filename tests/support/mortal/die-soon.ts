import { parentPort } from 'node:worker_threads';

/** Ends this thread within so many milliseconds after its first message: by exit or by an error, as it happens. */
export function dieSoon(mostMs: number): void {
  parentPort?.once('message', () => {
    setTimeout(() => {
      if (Math.random() < 0.5) process.exit(7);
      throw new Error('Died.');
    }, Math.random() * mostMs);
  });
}
