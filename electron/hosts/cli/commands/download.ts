import type { Command } from 'commander';
import type { Download } from '../../../../shared/contract/downloads.ts';
import { isErrorCode } from '../../../../shared/errors/codes.ts';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { CommandHost } from '../command-host.ts';
import { worstFault } from '../download-fault.ts';
import { downloadDocument, downloadLines } from '../download-text.ts';
import { finishDownloads, type WaitOptions } from '../finish-downloads.ts';
import { wholeNumber } from '../option-values.ts';
import { absolutePath } from '../session.ts';
import { countText } from '../text.ts';
import { addWishOptions, wishOf, type WishOptions } from '../wish-options.ts';

interface DownloadOptions extends WaitOptions, WishOptions {
  readonly rendition?: string;
  readonly to?: string;
  readonly again?: boolean;
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
    .option('--to <dir>', 'the folder to put them in')
    .option('--again', 'fetch again what is on this machine already');
  addWaitOptions(addWishOptions(command)).action(
    host.action(async (session, assets: string[], options: DownloadOptions) => {
      const { rendition, to, again } = options;
      const { finished, added } = await session.withWorkingCore(async (client) => {
        const answer = await client.downloads.add({
          assetIds: assets,
          rendition,
          dir: to === undefined ? undefined : absolutePath(to),
          again,
          ...wishOf(options),
        });
        const ids = answer.downloads.map(({ id }) => id);
        return { added: answer, finished: await finishDownloads(session, client, { ids, options }) };
      });
      const { already, refused } = added;
      const told = [
        ...already.map(({ path }) => `${path} is here already; --again fetches it once more.`),
        ...refused.map(({ message }) => message),
      ];
      session.out.result(
        { downloads: finished.map(downloadDocument), already, refused },
        finished.length > 0 ? [...downloadLines(finished), ...told] : told,
      );
      throwWorst(finished, refused);
    }),
  );
}

/** Ends with the worst of what kept something from being there; with an asset that was refused before all. */
function throwWorst(
  finished: readonly Download[],
  refused: readonly { readonly code: string; readonly message: string }[],
): void {
  const [first] = refused;
  if (first) {
    const others = refused.length - 1;
    const message =
      others === 0 ? first.message : `${first.message} ${countText(others, 'other')} refused likewise.`;
    throw new RushesError(isErrorCode(first.code) ? first.code : 'CONFLICT', message);
  }
  const fault = worstFault(finished);
  if (fault) throw fault;
}
