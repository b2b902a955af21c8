import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { diskError } from '../files/disk-error.ts';
import { catalogueMigrations } from '../storage/databases.ts';
import { openDatabase } from '../storage/open-database.ts';
import type { FromWriter, ToWriter, WriterCall, WriterData } from './catalogue-write-messages.ts';
import { createCatalogueWriter, type CatalogueWriter } from './catalogue-writer.ts';
import { unpackTellings } from './telling.ts';

/** How long nothing is asked before the search texts of the last pages are written. */
const restMs = 300;

/** Work that takes long, done step by step between what is asked meanwhile. */
interface Task {
  readonly id: number | null;
  readonly steps: Generator<void, void>;
}

function serve(port: MessagePort, { file }: WriterData): void {
  const db = openDatabase({
    file,
    synchronous: 'NORMAL',
    migrations: catalogueMigrations,
    checkFirst: false,
    now: () => Date.now(),
  });
  db.pragma('cache_size = -65536');
  const writer = createCatalogueWriter(db);
  const tasks: Task[] = [{ id: null, steps: writer.catchUp() }];
  let isStepping = false;
  let rest: NodeJS.Timeout | undefined;

  const tell = (message: FromWriter): void => port.postMessage(message);
  const step = (): void => {
    isStepping = false;
    const [task] = tasks;
    if (!task) return;
    try {
      if (task.steps.next().done) {
        tasks.shift();
        if (task.id !== null) tell({ kind: 'answer', id: task.id, value: null });
      }
    } catch (error) {
      tasks.shift();
      if (task.id !== null) tell(failure(task.id, error));
    }
    goOn();
  };
  const goOn = (): void => {
    if (tasks.length === 0 || isStepping) return;
    isStepping = true;
    setImmediate(step);
  };
  const restSoon = (): void => {
    clearTimeout(rest);
    rest = setTimeout(() => {
      if (!writer.isFilled()) tasks.push({ id: null, steps: writer.fillTexts() });
      goOn();
    }, restMs);
  };
  port.on('message', (message: ToWriter) => {
    if (message.kind === 'close') {
      // What is left is taken up when the catalogue is opened again.
      tasks.length = 0;
      clearTimeout(rest);
      db.close();
      port.close();
      return;
    }
    const { id, call } = message;
    try {
      const answer = answerTo(writer, call);
      if (isSteps(answer)) tasks.push({ id, steps: answer });
      else tell({ kind: 'answer', id, value: answer });
    } catch (error) {
      tell(failure(id, error));
    }
    restSoon();
    goOn();
  });
  goOn();
}

/** What a call gives: a value, or the steps that lead to it. */
function answerTo(writer: CatalogueWriter, call: WriterCall): unknown {
  switch (call.kind) {
    case 'cursor':
      return writer.cursor(call.sourceId);
    case 'begin':
      return writer.begin(call.sourceId);
    case 'write-page':
      return writer.writePage({ ...call.page, tellings: unpackTellings(call.page.tellings) });
    case 'finish-run':
      return writer.finishRun(call.end);
    case 'remove-source':
      return writer.removeSource(call.sourceId);
    case 'catch-up':
      return writer.catchUp();
    default:
      return writer.optimise();
  }
}

function isSteps(answer: unknown): answer is Generator<void, void> {
  return typeof answer === 'object' && answer !== null && Symbol.iterator in answer;
}

function failure(id: number, error: unknown): FromWriter {
  const known = error instanceof RushesError ? error : (isDamage(error) ?? diskError(error, cannotWrite));
  const { message, facts = {} } = known ?? { message: String(error) };
  return { kind: 'failure', id, code: known?.code ?? null, message, facts };
}

const cannotWrite = 'The catalogue cannot be written.';

function isDamage(error: unknown): RushesError | null {
  const { code } = (error ?? {}) as { code?: unknown };
  const isDamaged = typeof code === 'string' && /^SQLITE_(CORRUPT|NOTADB)/.test(code);
  return isDamaged
    ? new RushesError('DATABASE_DAMAGED', 'The catalogue is damaged.', { detail: String(error) })
    : null;
}

if (parentPort) serve(parentPort, workerData as WriterData);
