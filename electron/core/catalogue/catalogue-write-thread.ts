import { Worker } from 'node:worker_threads';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Log } from '../ports.ts';
import type { SourceAsset } from '../sources/source-model.ts';
import type { FromWriter, ToWriter, WriterCall, WriterData } from './catalogue-write-messages.ts';
import type { PageToWrite } from './catalogue-writer.ts';
import type { SyncState } from './cursor-repo.ts';
import type { FinishedRun, RunToFinish } from './end-of-run.ts';
import type { PageOutcome } from './page-outcome.ts';
import { packTellings } from './telling.ts';

/** A page as a source gives it. */
export type WritePage = Omit<PageToWrite, 'tellings'> & { readonly assets: readonly SourceAsset[] };

/** The writing half of the catalogue, in a thread of its own. Every call fails with CORE_UNAVAILABLE when that ends. */
export interface CatalogueWriteThread {
  /** Where a source's sync stands; null when it was never read. */
  cursor(sourceId: string): Promise<SyncState | null>;
  /** Begins a run, or takes up the one that was cut short. @throws RushesError CONFLICT while the source is removed. */
  begin(sourceId: string): Promise<SyncState>;
  /** @throws RushesError CONFLICT when the run is over; DISK_FULL, DISK_ERROR, DATABASE_DAMAGED. */
  writePage(page: WritePage): Promise<PageOutcome>;
  /** @throws RushesError as `writePage`. */
  finishRun(end: RunToFinish): Promise<FinishedRun>;
  /** Removes all of a source; a removal that is cut short is taken up when the catalogue is opened again. */
  removeSource(sourceId: string): Promise<void>;
  /** Takes up what was cut short when the catalogue was last open. */
  catchUp(): Promise<void>;
  /** Puts the search index in order; other calls go between. */
  optimise(): Promise<void>;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Makes the thread's near side; the thread is started at the first call, and again when it has died. */
export function createCatalogueWriteThread(deps: {
  readonly file: string;
  readonly workerUrl: URL;
  readonly log: Log;
}): CatalogueWriteThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let ended: Promise<void> = Promise.resolve();
  let lastId = 0;
  let isClosed = false;

  const giveUp = (why: string): void => {
    for (const one of waiting.values())
      one.reject(new RushesError('CORE_UNAVAILABLE', 'The catalogue is not being written.', { detail: why }));
    waiting.clear();
  };
  const start = (): Worker => {
    const data: WriterData = { file: deps.file };
    const one = new Worker(deps.workerUrl, { workerData: data });
    let why = 'The thread has ended.';
    one.on('message', (message: FromWriter) => {
      const asker = waiting.get(message.id);
      waiting.delete(message.id);
      // A thread that nobody waits for does not keep the program from ending.
      if (waiting.size === 0) one.unref();
      if (message.kind === 'answer') asker?.resolve(message.value);
      else asker?.reject(toError(message));
    });
    one.on('error', (error: unknown) => {
      why = String(error);
    });
    ended = new Promise((resolve) => {
      one.on('exit', () => {
        if (worker === one) worker = null;
        if (!isClosed) deps.log.error('The thread that writes the catalogue has ended.', { why });
        giveUp(why);
        resolve();
      });
    });
    return one;
  };
  /** @param handedOver memory that the thread gets and this one loses. */
  const ask = <T>(call: WriterCall, handedOver: readonly ArrayBuffer[] = []): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (isClosed) return reject(new RushesError('CORE_UNAVAILABLE', 'The catalogue is closed.'));
      worker ??= start();
      worker.ref();
      const id = ++lastId;
      waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      post(worker, { kind: 'call', id, call }, handedOver);
    });

  return {
    cursor: (sourceId) => ask({ kind: 'cursor', sourceId }),
    begin: (sourceId) => ask({ kind: 'begin', sourceId }),
    writePage: ({ assets, ...page }) => {
      const tellings = packTellings(assets);
      return ask({ kind: 'write-page', page: { ...page, tellings } }, [tellings.units]);
    },
    finishRun: (end) => ask({ kind: 'finish-run', end }),
    removeSource: (sourceId) => ask({ kind: 'remove-source', sourceId }),
    catchUp: () => ask({ kind: 'catch-up' }),
    optimise: () => ask({ kind: 'optimise' }),
    close: async () => {
      isClosed = true;
      worker?.ref();
      if (worker) post(worker, { kind: 'close' });
      await ended;
    },
  };
}

function post(worker: Worker, message: ToWriter, handedOver: readonly ArrayBuffer[] = []): void {
  worker.postMessage(message, handedOver);
}

function toError({ code, message, facts }: Extract<FromWriter, { kind: 'failure' }>): Error {
  return code === null ? new Error(message) : new RushesError(code, message, facts);
}
