import { Worker } from 'node:worker_threads';
import { drop } from '../../drop.ts';
import type { Log } from '../../ports.ts';
import type { FromTransfer, ToTransfer } from './messages.ts';
import { watchThread, type ThreadWatch } from './thread-watch.ts';

// What the thread makes dies young; left alone, the heap would grow to many times of what it needs.
const smallHeap = { maxYoungGenerationSizeMb: 4 };
const mostDeaths = 3;
const deathsWithinMs = 5 * 60_000;

/** What is told about one request; `died` when the thread ended under it. */
export type Told = Exclude<FromTransfer, { kind: 'alive' }> | { readonly kind: 'died' };

/** What a request asks of the thread; the thread's own number for it is given by `begin`. */
export type Wanted = Omit<Extract<ToTransfer, { kind: 'ask' }>, 'kind' | 'id'>;

/** A request under way in the thread. */
export interface Call {
  send(message: ThreadOrder): void;
  /** Nothing more is told. */
  forget(): void;
}

/** What may be said of a request once it is under way. */
export type ThreadOrder =
  | Omit<Extract<ToTransfer, { kind: 'save' }>, 'id'>
  | { readonly kind: 'read' | 'let-go' | 'stop' | 'hold' | 'go-on' };

/** The one thread that receives and writes for all downloads. */
export interface TransferThread {
  /** False after it has died too often: then everything goes the plain way. */
  usable(): boolean;
  /** Says which certificates are believed; only needed when they have changed. */
  trust(generation: number, authorities: () => readonly string[]): void;
  begin(wanted: Wanted, onTold: (told: Told) => void): Call;
  close(): Promise<void>;
}

/** Makes the thread's main side; the thread itself is started at first use and again after it died. */
export function createTransferThread(deps: {
  readonly workerUrl: URL;
  readonly log: Log;
  readonly now: () => number;
  /** How long the thread may say nothing while somebody waits; for tests. */
  readonly aliveMs?: number;
}): TransferThread {
  const deaths = createDeaths(deps.now);
  let worker: Worker | null = null;
  let watch: ThreadWatch | null = null;
  let trusted: { readonly generation: number; readonly authorities: readonly string[] } | null = null;
  const calls = new Map<number, (told: Told) => void>();
  const ended = new Set<Promise<unknown>>();
  let lastId = 0;
  let closed = false;

  const died = (one: Worker, why: string): void => {
    if (worker !== one) return;
    worker = null;
    watch?.close();
    if (!closed) {
      deaths.note();
      deps.log.error('The transfer thread ended.', { why });
    }
    // Only now that the thread is gone does nothing write any more.
    const left = [...calls.values()];
    calls.clear();
    for (const tell of left) tell({ kind: 'died' });
  };
  const start = (): Worker => {
    const one = new Worker(deps.workerUrl, { resourceLimits: smallHeap });
    let why = 'no reason given';
    one.on('message', (message: FromTransfer) => {
      watch?.heard();
      if (message.kind !== 'alive') calls.get(message.id)?.(message);
    });
    one.on('error', (error: unknown) => (why = String(error)));
    const { promise, resolve } = Promise.withResolvers<null>();
    ended.add(promise);
    one.on('exit', () => {
      died(one, why);
      ended.delete(promise);
      resolve(null);
    });
    watch = watchThread({
      ...deps,
      isWaitedFor: () => calls.size > 0,
      ping: () => post(one, { kind: 'ping' }),
      // Whoever waits is told then that it died.
      onDeaf: () => drop(one.terminate(), () => undefined),
    });
    if (trusted) post(one, { kind: 'trust', ...trusted });
    return one;
  };
  return {
    usable: () => !closed && !deaths.areTooMany(),
    trust: (generation, authorities) => {
      if (trusted?.generation === generation) return;
      trusted = { generation, authorities: authorities() };
      post(worker, { kind: 'trust', ...trusted });
    },
    begin: (wanted, onTold) => {
      const id = ++lastId;
      calls.set(id, onTold);
      const forget = (): void => void calls.delete(id);
      if (closed) {
        queueMicrotask(() => calls.get(id)?.({ kind: 'died' }));
        return { send: () => undefined, forget };
      }
      worker ??= start();
      const one = worker;
      post(one, { kind: 'ask', id, ...wanted });
      // What was begun in a thread that has died since is nothing to its successor.
      return { send: (message) => (worker === one ? post(one, { ...message, id }) : undefined), forget };
    },
    close: async () => {
      closed = true;
      watch?.close();
      await worker?.terminate();
      await Promise.all(ended);
    },
  };
}

function post(to: Worker | null, message: ToTransfer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
  to?.postMessage(message);
}

/** Remembers when the thread died, as long as it counts. */
function createDeaths(now: () => number) {
  let deaths: number[] = [];
  return {
    note: (): void => void deaths.push(now()),
    areTooMany: (): boolean => {
      const since = now() - deathsWithinMs;
      deaths = deaths.filter((at) => at > since);
      return deaths.length >= mostDeaths;
    },
  };
}
