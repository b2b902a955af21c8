import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { runDemo, type DemoListener } from '../../demo.ts';
import { createFileLog } from '../../file-log.ts';
import { openCore } from '../../open-core.ts';
import { serve } from '../../serve/serve.ts';
import { usualPort } from '../../usual-port.ts';
import type { CommandHost } from '../command-host.ts';
import { toFault } from '../fault.ts';
import { untilEnded } from '../interrupt.ts';
import { hearLines, isInForeground } from '../hear-lines.ts';
import { openBrowser } from '../open-browser.ts';
import { wholeNumber } from '../option-values.ts';
import type { Session } from '../session.ts';
import { portTaken } from './portal.ts';

interface ServeOptions {
  readonly port?: number;
  /** False with --no-open. */
  readonly open: boolean;
  readonly demo?: boolean;
}

/** Asked for first: a tab of the last run then finds a Rushes that tells it what to do, and not silence. */
const pagePort = 4816;

/** What the page of a browser without a session says, where somebody can do it. */
const pressEnter = 'Press Enter in the terminal where Rushes runs: it prints a new address to open here.';

/** The built page, in a checkout. */
const pageDir = fileURLToPath(new URL('../../../../out/renderer', import.meta.url));

/** `serve`: the application in the browser of this machine. */
export function addServeCommand(program: Command, host: CommandHost): void {
  program
    .command('serve')
    .description('open Rushes in the browser of this machine; runs until it is ended')
    .option('--port <n>', 'the port; 4816 or a free one when not given', wholeNumber({ min: 0, max: 65_535 }))
    .option('--no-open', 'do not open the browser')
    .option('--demo', 'with the demo portal, in a home of its own')
    .action(
      host.action(async (session, options: ServeOptions) => {
        await assertBuilt();
        // What the demo brings must not end up in somebody's real library.
        const home = options.demo && session.givenHome === null ? `${session.home}-demo` : session.home;
        await serveHome(session, options, home);
      }),
    );
}

async function serveHome(session: Session, options: ServeOptions, home: string): Promise<void> {
  const { signal, out, version } = session;
  const log = createFileLog(home, 'browser');
  const closers: (() => Promise<void> | void)[] = [];
  try {
    const core = await openCore({
      home,
      door: 'browser',
      version,
      log,
      ...(options.demo ? { still: true } : {}),
    });
    closers.push(() => core.close());
    const port = options.port ?? (await usualPort(pagePort));
    const atTerminal = session.terminal.stdin.isTTY === true && isInForeground();
    const howToEnter = atTerminal ? { howToEnter: pressEnter } : {};
    const served = await serve({ core, pageDir, port, log, ...howToEnter }).catch((error: unknown) => {
      throw portTaken(error, options.port) ?? error;
    });
    closers.push(() => served.close());
    const tell = (url: string): void => {
      out.result({ url }, [`Rushes is at ${url}`]);
      if (options.open && openBrowser(url, session.terminal.env)) out.note('Opening the browser.');
    };
    tell(served.url);
    out.note('It runs until Ctrl-C; the address works once, in the browser that opens it first.');
    if (atTerminal)
      out.note('Press Enter for a new address, when that browser was closed or for another one.');
    if (atTerminal || !session.terminal.stdin.isTTY) {
      const heard = hearLines(session.terminal.stdin, () => tell(served.newUrl()));
      closers.push(() => heard.close());
    }
    if (options.demo) {
      const demo = runDemo(core, join(home, 'portal-demo'), demoListener(session));
      closers.push(() => demo.close());
    }
    await untilEnded(signal);
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

function demoListener({ out, progress }: Session): DemoListener {
  return {
    progress: (made, total) => {
      progress.update({ what: 'Making demo media', done: made, total, unit: 'items' });
      if (made === total) progress.end();
    },
    say: (line) => out.note(line),
    failed: (error) => out.note(`The demo could not be set up: ${toFault(error).message}`),
  };
}

async function assertBuilt(): Promise<void> {
  const built = await access(`${pageDir}/index.html`).then(
    () => true,
    () => false,
  );
  if (!built) {
    throw new RushesError('NOT_FOUND', 'The page has not been built yet.', {
      hint: 'Run "npm run build" first, or "npm start", which does.',
    });
  }
}
