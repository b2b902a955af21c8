import type { Command } from 'commander';
import type { CommandHost } from '../command-host.ts';
import { finishDownloads, reportDownloads, type WaitOptions } from '../finish-downloads.ts';
import { wholeNumber } from '../option-values.ts';
import { absolutePath } from '../session.ts';

interface DownloadOptions extends WaitOptions {
  readonly rendition?: string;
  readonly to?: string;
}

/** The longest --wait, in seconds: a week. */
const longestWaitSeconds = 7 * 24 * 60 * 60;

/** The options of every command that works on downloads until they are done. */
export function addWaitOptions(command: Command): Command {
  return command
    .option(
      '--wait <seconds>',
      'how long to wait for the network without a byte (default 60)',
      wholeNumber({ min: 0, max: longestWaitSeconds }),
    )
    .option('--no-wait-media', 'do not wait until the clip has been read and pictured');
}

/** `download ASSET…`: downloads assets to their end. */
export function addDownloadCommand(program: Command, host: CommandHost): void {
  const command = program
    .command('download <asset...>')
    .description('download assets; given again, it goes on where it stopped')
    .option('--rendition <which>', 'best, smallest, or the id of a rendition')
    .option('--to <dir>', 'the folder to put them in');
  addWaitOptions(command).action(
    host.action(async (session, assets: string[], options: DownloadOptions) => {
      const { rendition, to } = options;
      const finished = await session.withCore(async (client) => {
        const { downloads } = await client.downloads.add({
          assetIds: assets,
          rendition,
          dir: to === undefined ? undefined : absolutePath(to),
        });
        return finishDownloads(session, client, { ids: downloads.map(({ id }) => id), options });
      });
      reportDownloads(session, finished);
    }),
  );
}
