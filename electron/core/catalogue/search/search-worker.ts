import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { openToRead } from '../../storage/open-to-read.ts';
import { createCallQueue } from './call-queue.ts';
import { createSearchEngine } from './search-engine.ts';
import type { FromSearch, SearchAnswers, SearchCall, SearchData, ToSearch } from './search-messages.ts';

const cacheKib = 131_072;
/** After this, whether all that was written is known is looked at again. */
const lookAgainMs = 4000;

function serve(port: MessagePort, { file }: SearchData): void {
  const db = openToRead(file, { cacheKib });
  const streams = openToRead(file, { cacheKib });
  const engine = createSearchEngine({ db, streams, now: () => performance.now() });
  const tell = (message: FromSearch): void => port.postMessage(message);
  const queue = createCallQueue<SearchCall>((id) => tell({ kind: 'overtaken', id }));
  let isStepping = false;
  let later: NodeJS.Timeout | undefined;

  const answer = (call: SearchCall): SearchAnswers[keyof SearchAnswers] => {
    if (call.kind === 'find') return engine.find(call);
    if (call.kind === 'facets') return engine.facets(call);
    if (call.kind === 'suggest') return engine.suggest(call);
    return engine.countAll();
  };
  const step = (): void => {
    isStepping = false;
    const next = queue.take();
    try {
      if (next) tell({ kind: 'answer', id: next.id, value: answer(next.call) });
      else if (!engine.goOn()) return lookAgain();
    } catch (error) {
      // What is done unasked is tried again with the next call, whose asker is then told.
      if (!next) return;
      tell({ kind: 'failure', id: next.id, message: String(error), isDamage: isDamage(error) });
    }
    goOn();
  };
  /** Between two steps, messages are taken in: so a newer call can overtake one that waits. */
  const goOn = (): void => {
    clearTimeout(later);
    if (isStepping) return;
    isStepping = true;
    setImmediate(step);
  };
  const lookAgain = (): void => {
    if (!engine.isCurrent()) later = setTimeout(goOn, lookAgainMs);
  };
  port.on('message', (message: ToSearch) => {
    if (message.kind === 'call') queue.add(message);
    else if (message.kind === 'cancel') queue.cancel(message.id);
    else if (message.kind === 'rows-changed') engine.rowsChanged(message.rows);
    else if (message.kind === 'assets-changed') engine.assetsChanged(message.assetIds);
    else if (message.kind === 'held') engine.setHeld(message.assetIds);
    else {
      engine.close();
      streams.close();
      db.close();
      // oxlint-disable-next-line unicorn/no-process-exit -- in a thread this ends the thread
      process.exit();
    }
    goOn();
  });
  goOn();
}

function isDamage(error: unknown): boolean {
  const code = String((error as { code?: unknown }).code);
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
}

if (parentPort) serve(parentPort, workerData as SearchData);
