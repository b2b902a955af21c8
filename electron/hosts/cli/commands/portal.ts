import type { Command } from 'commander';
import { join } from 'node:path';
import { pathError } from '../../../core/files/disk-error.ts';
import { makeFolder } from '../../../core/files/make-folder.ts';
import { createPortal } from '../../../portal/create-portal.ts';
import type { Portal, PortalOptions } from '../../../portal/options.ts';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { CommandHost } from '../command-host.ts';
import { untilEnded } from '../interrupt.ts';
import { wholeNumber } from '../option-values.ts';
import { absolutePath } from '../session.ts';

interface PortalCommandOptions {
  readonly port?: number;
  readonly dir?: string;
  readonly items?: number;
  readonly name?: string;
}

/** `portal`: runs the reference portal with its demo catalogue until it is ended. */
export function addPortalCommand(program: Command, host: CommandHost): void {
  program
    .command('portal')
    .description('run the demo portal until it is ended; the first line tells its address and mailbox')
    .option('--port <n>', 'the port; a free one when not given', wholeNumber({ min: 0, max: 65_535 }))
    .option('--dir <dir>', 'where it keeps its state')
    .option('--items <n>', 'how many demo assets', wholeNumber({ min: 1, max: 100_000 }))
    .option('--name <name>', 'what the portal calls itself')
    .action(
      host.action(async ({ terminal, signal, home, progress, out }, options: PortalCommandOptions) => {
        const { port, items, name } = options;
        const portal = await start({
          dir: options.dir === undefined ? join(home, 'portal') : absolutePath(options.dir),
          signal,
          ...(port === undefined ? {} : { port }),
          ...(items === undefined ? {} : { items }),
          ...(name === undefined ? {} : { name }),
          onProgress: (made, total) =>
            progress.update({ what: 'Making demo media', done: made, total, unit: 'items' }),
        });
        try {
          progress.end();
          // JSON with and without --json: whoever starts a portal reads its address from here.
          terminal.stdout.write(`${JSON.stringify({ url: portal.url, mailbox: portal.mailboxDir })}\n`);
          out.note('The portal runs until Ctrl-C.');
          await untilEnded(signal);
        } finally {
          await portal.close();
        }
      }),
    );
}

async function start(options: PortalOptions): Promise<Portal> {
  try {
    await makeFolder(options.dir, 0o700);
    return await createPortal(options);
  } catch (error) {
    throw (
      portTaken(error, options.port) ?? pathError(error, `The folder ${options.dir} cannot be used.`) ?? error
    );
  }
}

/** A port that is in use, as an error of the closed list; null for any other error. */
export function portTaken(error: unknown, port: number | undefined): RushesError | null {
  if (!(error instanceof Error) || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return null;
  return new RushesError('CONFLICT', `Port ${port ?? 0} is in use by another program.`, {
    hint: 'Choose another with --port, or leave it out to take a free one.',
  });
}
