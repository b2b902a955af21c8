import { Worker } from 'node:worker_threads';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { Log } from '../../ports.ts';
import type { FromSearch, SearchAnswers, SearchCall, SearchData, ToSearch } from './search-messages.ts';

/** How a call is made. */
export interface CallOptions {
  /** A later call of the same asker takes the place of this one, if this has not begun. */
  readonly asker?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The thread that searches. */
export interface SearchThread {
  /** @throws RushesError CANCELLED when it was overtaken; CORE_UNAVAILABLE, DATABASE_DAMAGED. */
  ask<K extends SearchCall['kind']>(
    call: Extract<SearchCall, { kind: K }>,
    options?: CallOptions,
  ): Promise<SearchAnswers[K]>;
  rowsChanged(rows: readonly number[] | 'all'): void;
  assetsChanged(assetIds: readonly string[]): void;
  setHeld(assetIds: readonly string[]): void;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (value: SearchAnswers[keyof SearchAnswers]) => void;
  readonly reject: (error: Error) => void;
}

/** Makes the thread's near side. The thread is started at the first call, and again when it has died. */
export function createSearchThread(deps: {
  readonly file: string;
  readonly workerUrl: URL;
  readonly log: Log;
}): SearchThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let ended: Promise<void> = Promise.resolve();
  let held: readonly string[] = [];
  let lastId = 0;
  let isClosed = false;

  const tell = (message: ToSearch): void => {
    if (worker) post(worker, message);
  };
  const settle = (message: FromSearch): void => {
    const asker = waiting.get(message.id);
    waiting.delete(message.id);
    // A thread that nobody waits for does not keep the program from ending.
    if (waiting.size === 0) worker?.unref();
    if (message.kind === 'answer') asker?.resolve(message.value);
    else if (message.kind === 'overtaken') asker?.reject(overtaken());
    else asker?.reject(failure(message));
  };
  const start = (): Worker => {
    const data: SearchData = { file: deps.file };
    const one = new Worker(deps.workerUrl, { workerData: data });
    let why = 'The thread has ended.';
    one.on('message', settle);
    one.on('error', (error: unknown) => {
      why = String(error);
    });
    ended = new Promise((resolve) => {
      one.on('exit', () => {
        if (worker === one) worker = null;
        if (!isClosed) deps.log.error('The thread that searches the catalogue has ended.', { why });
        for (const asker of waiting.values())
          asker.reject(
            new RushesError('CORE_UNAVAILABLE', 'The catalogue is not being searched.', { detail: why }),
          );
        waiting.clear();
        resolve();
      });
    });
    post(one, { kind: 'held', assetIds: held });
    return one;
  };
  const ask = (
    call: SearchCall,
    { asker, signal }: CallOptions = {},
  ): Promise<SearchAnswers[keyof SearchAnswers]> =>
    new Promise((resolve, reject) => {
      if (isClosed) return reject(new RushesError('CORE_UNAVAILABLE', 'The catalogue is closed.'));
      if (signal?.aborted) return reject(overtaken());
      worker ??= start();
      worker.ref();
      const id = ++lastId;
      const cancel = (): void => tell({ kind: 'cancel', id });
      signal?.addEventListener('abort', cancel, { once: true });
      const end = (): void => signal?.removeEventListener('abort', cancel);
      waiting.set(id, {
        resolve: (value) => (end(), resolve(value)),
        reject: (error) => (end(), reject(error)),
      });
      post(worker, { kind: 'call', id, asker: asker ?? null, call });
    });

  return {
    ask: (call, options) => ask(call, options) as Promise<never>,
    // A thread that is started later reads everything as it then is.
    rowsChanged: (rows) => tell({ kind: 'rows-changed', rows }),
    assetsChanged: (assetIds) => tell({ kind: 'assets-changed', assetIds }),
    setHeld: (assetIds) => {
      held = assetIds;
      tell({ kind: 'held', assetIds });
    },
    close: async () => {
      isClosed = true;
      // Its end is waited for, so until then it does keep the program from ending.
      worker?.ref();
      tell({ kind: 'close' });
      await ended;
    },
  };
}

function post(worker: Worker, message: ToSearch): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  worker.postMessage(message);
}

function overtaken(): RushesError {
  return new RushesError('CANCELLED', 'Something else was asked meanwhile.');
}

function failure({ message, isDamage }: Extract<FromSearch, { kind: 'failure' }>): Error {
  return isDamage
    ? new RushesError('DATABASE_DAMAGED', 'The catalogue is damaged.', { detail: message })
    : new Error(message);
}
