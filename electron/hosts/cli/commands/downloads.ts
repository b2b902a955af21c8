import { Option, type Command } from 'commander';
import type { DownloadId } from '../../../../shared/contract/values.ts';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { allDownloads } from '../all-downloads.ts';
import type { CommandHost } from '../command-host.ts';
import { downloadDocument, downloadLines } from '../download-text.ts';
import { idsOf } from '../given-ids.ts';
import { finishDownloads, reportDownloads, type WaitOptions } from '../finish-downloads.ts';
import type { CoreClient, Session } from '../session.ts';
import { addWaitOptions } from './download.ts';
import { addQueueCommands } from './queue.ts';

interface ListOptions {
  readonly show: 'active' | 'done' | 'failed' | 'all';
}

/** `downloads list|status|attempts|pause|resume|retry|cancel|change|move|swap|forget`. */
export function addDownloadsCommands(program: Command, host: CommandHost): void {
  const downloads = program.command('downloads').description('the download queue');

  downloads
    .command('list')
    .description('list the downloads')
    .addOption(
      new Option('--show <which>', 'which of them')
        .choices(['active', 'done', 'failed', 'all'])
        .default('all'),
    )
    .action(
      host.action(async ({ out, withCore }, { show }: ListOptions) => {
        const list = await withCore((client) => allDownloads(client, show));
        out.result(
          { ...list, downloads: list.downloads.map(downloadDocument) },
          downloadLines(list.downloads),
        );
      }),
    );

  downloads
    .command('pause [id...]')
    .description('pause downloads; without ids, all that run or wait')
    .action(
      host.action(async ({ out, withCore }, given: string[]) => {
        const changed = await withCore((client) => client.downloads.pause(idsOf(given)));
        out.result({ downloads: changed.downloads.map(downloadDocument) }, downloadLines(changed.downloads));
      }),
    );

  downloads
    .command('cancel [id...]')
    .description('cancel downloads and remove their partial files')
    .option('--all', 'all that are not finished')
    .action(
      host.action(async ({ out, withCore }, given: string[], { all }: { all?: boolean }) => {
        if (given.length === 0 && !all) {
          throw new RushesError('USAGE', 'Say which downloads to cancel, or --all.');
        }
        const changed = await withCore((client) => client.downloads.cancel(idsOf(given)));
        out.result({ downloads: changed.downloads.map(downloadDocument) }, downloadLines(changed.downloads));
      }),
    );

  addQueueCommands(downloads, host);
  for (const verb of ['resume', 'retry'] as const) {
    const about =
      verb === 'resume'
        ? 'go on with paused downloads, and work off the queue'
        : 'try failed downloads again';
    addWaitOptions(
      downloads.command(`${verb} [id...]`).description(`${about}; without ids, all of them`),
    ).action(
      host.action(async (session, given: string[], options: WaitOptions) => {
        const finished = await session.withWorkingCore((client) =>
          workOff(session, client, { verb, given, options }),
        );
        reportDownloads(session, finished);
      }),
    );
  }
}

/** Starts what was named and follows it; without names, follows everything that is not finished. */
async function workOff(
  session: Session,
  client: CoreClient,
  how: { verb: 'resume' | 'retry'; given: readonly string[]; options: WaitOptions },
) {
  const changed = await client.downloads[how.verb](idsOf(how.given));
  const ids = new Set(how.given as readonly DownloadId[]);
  if (how.given.length === 0) {
    for (const { id } of changed.downloads) ids.add(id);
    const { downloads } = await allDownloads(client, 'active');
    for (const { id, state } of downloads) if (state !== 'paused') ids.add(id);
  }
  return finishDownloads(session, client, { ids: [...ids], options: how.options });
}
