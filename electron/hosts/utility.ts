import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RPCHandler } from '@orpc/server/message-port';
import { clipId } from '../../shared/contract/values.ts';
import { isErrorCode } from '../../shared/errors/codes.ts';
import { drop } from '../core/drop.ts';
import { answerOne, createExchange, type Answers } from './desktop/exchange.ts';
import type { CoreQuestions, FromCore, OpenOrder, ShellQuestions, ToCore } from './desktop/messages.ts';
import { createMemoryBox, createShellBox } from './desktop/secret-boxes.ts';
import { createFileLog } from './file-log.ts';
import { watchTransfers, type TransferStanding } from './desktop/transfer-watch.ts';
import { openCore } from './open-core.ts';

type ShellPort = typeof process.parentPort;
type PagePort = Electron.MessagePortMain;

/** The core while it runs in this process. */
interface Running {
  readonly answers: Answers<CoreQuestions>;
  servePage(port: PagePort): void;
  awake(): Promise<unknown>;
  close(): Promise<void>;
}

function beside(name: string): URL {
  return pathToFileURL(join(import.meta.dirname, name));
}

/** Opens the core and, where it is wanted, the demo beside it. */
async function start(
  order: OpenOrder,
  askShell: Parameters<typeof createShellBox>[0],
  onTransfers: (standing: TransferStanding) => void,
): Promise<Running> {
  const log = createFileLog(order.home, 'desktop');
  const core = await openCore({
    home: order.home,
    door: 'desktop',
    version: order.version,
    log,
    still: order.demo,
    systemProxy: { resolve: (url) => askShell('resolveProxy', url) },
    secretBox: order.secrets === 'system' ? createShellBox(askShell) : createMemoryBox(),
    // Built on their own, beside this file.
    workers: {
      hash: beside('hash-worker.js'),
      follow: beside('follow-worker.js'),
      check: beside('check-worker.js'),
      pac: beside('pac-worker.js'),
      catalogueWriter: beside('catalogue-write-worker.js'),
      catalogueSearch: beside('search-worker.js'),
      transfer: beside('transfer-worker.js'),
    },
  });
  const handler = new RPCHandler(core.router);
  const transfers = watchTransfers(core.client, onTransfers);
  // Loaded only where it is wanted: the portal is a server of its own.
  const demo =
    order.demo &&
    (await import('./demo.ts')).runDemo(core, join(order.home, 'portal-demo'), {
      say: (line) => process.stderr.write(`${line}\n`),
      failed: (error) => log.warn('The demo could not be set up.', { error: String(error) }),
    });
  return {
    answers: {
      findMedia: (pathname) => core.findMedia(pathname),
      clipPath: async (id) => (await core.client.library.get({ id: clipId.parse(id) })).path,
    },
    servePage: (port) => {
      handler.upgrade(port);
      port.start();
    },
    awake: () => core.client.downloads.wake({ why: 'awake' }),
    close: async () => {
      transfers.close();
      if (demo) await demo.close();
      await core.close();
    },
  };
}

/** Runs the core in a process of its own, beside the desktop shell, and does what the shell says. */
function runBeside(shell: ShellPort): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
  const tell = (message: FromCore): void => shell.postMessage(message);
  const exchange = createExchange<ShellQuestions>((asked) => tell({ kind: 'ask', asked }));
  let running: Running | null = null;

  const open = async (order: OpenOrder): Promise<void> => {
    try {
      running = await start(order, exchange.ask, (standing) => tell({ kind: 'transfers', standing }));
      tell({ kind: 'ready' });
    } catch (error) {
      const { code, message } = error as { code?: unknown; message?: string };
      tell({
        kind: 'failed',
        code: isErrorCode(code) ? code : 'INTERNAL',
        message: message ?? String(error),
      });
    }
  };
  const close = async (): Promise<void> => {
    await running?.close();
    process.exit(0);
  };
  const receive = async (message: ToCore, port: PagePort | undefined): Promise<void> => {
    switch (message.kind) {
      case 'open':
        return open(message.order);
      case 'port':
        return port && running?.servePage(port);
      case 'ask':
        if (!running) return;
        return tell({ kind: 'reply', reply: await answerOne(message.asked, running.answers) });
      case 'reply':
        return exchange.settle(message.reply);
      case 'awake':
        return void (await running?.awake());
      case 'close':
        return close();
    }
  };

  const giveUp = (): void => process.exit(1);
  shell.on('message', ({ data, ports }) => drop(receive(data as ToCore, ports[0]), giveUp));
  // Ctrl-C in a terminal reaches this process too, but the shell decides about the end.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => drop(close(), giveUp));
}

runBeside(process.parentPort);
