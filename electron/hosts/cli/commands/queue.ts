import type { Command } from 'commander';
import type { DownloadId, RenditionId } from '../../../../shared/contract/values.ts';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { allDownloads } from '../all-downloads.ts';
import type { CommandHost } from '../command-host.ts';
import { attemptLines, downloadDocument, downloadLines, totalsLines } from '../download-text.ts';
import { idsOf } from '../given-ids.ts';
import type { CoreClient } from '../session.ts';
import { countText } from '../text.ts';
import { addWishOptions, wishOf, type WishOptions } from '../wish-options.ts';

interface MoveOptions {
  readonly before?: string;
  readonly first?: boolean;
  readonly last?: boolean;
}

/** What orders the queue and tells of it, without working it off. */
export function addQueueCommands(downloads: Command, host: CommandHost): void {
  addStatus(downloads, host);
  addAttempts(downloads, host);
  addChange(downloads, host);
  addMove(downloads, host);
  addSwap(downloads, host);
  addForget(downloads, host);
}

function addStatus(downloads: Command, host: CommandHost): void {
  downloads
    .command('status')
    .description('the queue in one look, and the rule it is under')
    .action(
      host.action(async ({ out, withCore }) => {
        const totals = await withCore((client) => client.downloads.totals());
        out.result(totals, totalsLines(totals));
      }),
    );
}

function addAttempts(downloads: Command, host: CommandHost): void {
  downloads
    .command('attempts <id>')
    .description('every try at one download, newest first')
    .action(
      host.action(async ({ out, withCore }, id: string) => {
        const found = await withCore((client) => client.downloads.attempts({ id }));
        out.result(found, attemptLines(found.attempts));
      }),
    );
}

function addChange(downloads: Command, host: CommandHost): void {
  addWishOptions(
    downloads
      .command('change <id...>')
      .description('change what was said of downloads that are not finished'),
  ).action(
    host.action(async ({ out, withCore }, given: string[], options: WishOptions) => {
      if (Object.keys(options).length === 0) {
        throw new RushesError('USAGE', 'Say what to change: --priority, --needed-by or --max-rate.');
      }
      const ids = given as DownloadId[];
      const changed = await withCore((client) => client.downloads.change({ ids, ...wishOf(options) }));
      out.result({ downloads: changed.downloads.map(downloadDocument) }, downloadLines(changed.downloads));
    }),
  );
}

function addMove(downloads: Command, host: CommandHost): void {
  downloads
    .command('move <id...>')
    .description('put downloads elsewhere in the queue')
    .option('--before <id>', 'before this one')
    .option('--first', 'before all others')
    .option('--last', 'behind all others')
    .action(
      host.action(async ({ out, withCore }, given: string[], options: MoveOptions) => {
        const ids = given as DownloadId[];
        const moved = await withCore(async (client) =>
          client.downloads.move({ ids, before: await placeOf(client, ids, options) }),
        );
        out.result({ downloads: moved.downloads.map(downloadDocument) }, downloadLines(moved.downloads));
      }),
    );
}

function addSwap(downloads: Command, host: CommandHost): void {
  downloads
    .command('swap <id> <rendition>')
    .description('take another rendition of the same asset instead')
    .action(
      host.action(async ({ out, withCore }, id: string, rendition: string) => {
        const input = { id: id as DownloadId, renditionId: rendition as RenditionId };
        const swapped = await withCore((client) => client.downloads.swapRendition(input));
        out.result({ downloads: [downloadDocument(swapped)] }, downloadLines([swapped]));
      }),
    );
}

function addForget(downloads: Command, host: CommandHost): void {
  downloads
    .command('forget [id...]')
    .description(
      'take ended downloads off the list; their files stay. Without ids: all complete and cancelled ones',
    )
    .action(
      host.action(async ({ out, withCore }, given: string[]) => {
        const done = await withCore((client) => client.downloads.forget(idsOf(given)));
        out.result(done, [`${countText(done.forgotten, 'download')} taken off the list.`]);
      }),
    );
}

/** The download that others are put before; null for the end of the queue. */
async function placeOf(
  client: CoreClient,
  ids: readonly DownloadId[],
  { before, first, last }: MoveOptions,
): Promise<DownloadId | null> {
  if ([before !== undefined, first, last].filter(Boolean).length !== 1) {
    throw new RushesError('USAGE', 'Say where to: one of --before ID, --first and --last.');
  }
  if (before !== undefined) return before as DownloadId;
  if (last) return null;
  const { downloads } = await allDownloads(client, 'active');
  const moved = new Set(ids);
  return downloads.find(({ id }) => !moved.has(id))?.id ?? null;
}
