import { Worker } from 'node:worker_threads';
import { PacFault } from './pac-fault.ts';

/** A question to the thread. */
export interface ToPac {
  readonly id: number;
  readonly url: string;
  readonly host: string;
  readonly nowMs: number;
}

/** What the thread says. `runs` and `rests` stand around every stretch in which the script has the thread. */
export type FromPac =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'unusable'; readonly why: string }
  | { readonly kind: 'runs' }
  | { readonly kind: 'rests' }
  | { readonly kind: 'answer'; readonly id: number; readonly text: string }
  | { readonly kind: 'fault'; readonly id: number; readonly why: string };

/** A proxy script, ready to be asked. */
export interface PacThread {
  /** What it answers: `PROXY a:1; DIRECT`. @throws PacFault */
  find(url: string, host: string): Promise<string>;
  /** Whether it is of no use any more and has to be loaded again. */
  isDead(): boolean;
  close(): Promise<void>;
}

/** The script's own limits end it much earlier; this is for work that it cannot be interrupted in. */
const mostRunMs = 3000;
const tooLong = 'The proxy script fails: it runs for too long.';

interface Waiting {
  readonly resolve: (text: string) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Loads a proxy script in a thread of its own and ends the thread when the script holds it for too long.
 *
 * @throws PacFault when the script cannot be used.
 */
export async function startPacThread(
  source: string,
  deps: { readonly workerUrl: URL; readonly now: () => number },
): Promise<PacThread> {
  const worker = new Worker(deps.workerUrl, { workerData: source });
  // A script never keeps the program from ending.
  worker.unref();
  const loaded = Promise.withResolvers<void>();
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let dead: PacFault | null = null;
  let watch: NodeJS.Timeout | undefined;

  const end = (why: string): void => {
    dead ??= new PacFault(why);
    clearTimeout(watch);
    loaded.reject(dead);
    for (const one of waiting.values()) one.reject(dead);
    waiting.clear();
  };
  const take = (id: number): Waiting | undefined => {
    const one = waiting.get(id);
    waiting.delete(id);
    return one;
  };
  worker.on('message', (message: FromPac) => {
    clearTimeout(watch);
    if (message.kind === 'loaded') loaded.resolve();
    else if (message.kind === 'unusable') giveUp(message.why);
    else if (message.kind === 'answer') take(message.id)?.resolve(message.text);
    else if (message.kind === 'fault') take(message.id)?.reject(new PacFault(message.why));
    else if (message.kind === 'runs') watch = setTimeout(giveUp, mostRunMs, tooLong);
  });
  const giveUp = (why: string): void => {
    end(why);
    void worker.terminate();
  };
  worker.on('error', (error) => end(`The proxy script fails: ${error.message}.`));
  worker.on('exit', () => end('The proxy script fails: its thread has ended.'));
  try {
    await loaded.promise;
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  return {
    find: (url, host) =>
      new Promise((resolve, reject) => {
        if (dead) return reject(dead);
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        const asked: ToPac = { id: lastId, url, host, nowMs: deps.now() };
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        worker.postMessage(asked);
      }),
    isDead: () => dead !== null,
    close: async () => {
      end('The proxy script is not in use any more.');
      await worker.terminate();
    },
  };
}
