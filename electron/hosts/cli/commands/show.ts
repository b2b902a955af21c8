import { ORPCError } from '@orpc/server';
import type { Command } from 'commander';
import type { AssetDetail } from '../../../../shared/contract/catalogue.ts';
import type { Download } from '../../../../shared/contract/downloads.ts';
import type { Event } from '../../../../shared/contract/events.ts';
import type { ClipDetail } from '../../../../shared/contract/library.ts';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { CommandHost } from '../command-host.ts';
import { downloadDocument, downloadLines } from '../download-text.ts';
import type { CoreClient } from '../session.ts';
import { bytesText, durationText, facts } from '../text.ts';

interface Shown {
  readonly document: object;
  readonly lines: readonly string[];
}

/** `show ID`: an asset, clip, event or download, whole. */
export function addShowCommand(program: Command, host: CommandHost): void {
  program
    .command('show <id>')
    .description('show an asset, clip, event or download whole')
    .action(
      host.action(async ({ out, withCore }, id: string) => {
        const { document, lines } = await withCore((client) => findAny(client, id));
        out.result(document, lines);
      }),
    );
}

/** Ids are opaque, so each kind is asked in turn. */
async function findAny(client: CoreClient, id: string): Promise<Shown> {
  const kinds: (() => Promise<Shown>)[] = [
    async () => showAsset(await client.catalogue.get({ id })),
    async () => showClip(await client.library.get({ id })),
    async () => showEvent(await client.events.get({ id })),
    async () => showDownload(await client.downloads.get({ id })),
  ];
  for (const find of kinds) {
    try {
      return await find();
    } catch (error) {
      if (!(error instanceof ORPCError) || error.code !== 'NOT_FOUND') throw error;
    }
  }
  throw new RushesError('NOT_FOUND', `There is no asset, clip, event or download ${id}.`, {
    hint: '"rushes search" shows the ids.',
  });
}

function showAsset(asset: AssetDetail): Shown {
  const lines = facts([
    ['asset', asset.id],
    ['title', asset.title],
    ['version', asset.versionKind],
    ['status', asset.status],
    ['day', asset.day],
    ['place', asset.place],
    ['event', asset.eventTitle],
    ['people', asset.people.map(({ name }) => name).join(', ')],
    ['credit', asset.rights.creditLine],
    ['rights', asset.rights.usageText],
    ['source', asset.sourceName],
    ['page', asset.pageUrl],
    ['here', asset.holding.clipId ?? asset.holding.state],
  ]);
  const renditions = asset.renditions.map(
    ({ id, fileName, sizeBytes }) =>
      `  ${id}  ${fileName}${sizeBytes === null ? '' : `  ${bytesText(sizeBytes)}`}`,
  );
  return { document: { kind: 'asset', ...asset }, lines: [...lines, 'renditions', ...renditions] };
}

function showClip(clip: ClipDetail): Shown {
  const steps = clip.steps.map(({ step, state, reason }) =>
    reason === null ? `${step} ${state}` : `${step} ${state} (${reason})`,
  );
  const lines = facts([
    ['clip', clip.id],
    ['title', clip.title],
    ['file', clip.path ?? `${clip.fileName} (missing)`],
    ['size', bytesText(clip.sizeBytes)],
    ['day', clip.day],
    ['event', clip.eventTitle],
    ['tags', clip.tags.join(', ')],
    ['rating', clip.rating === 0 ? null : clip.rating],
    ['label', clip.label],
    ['note', clip.note],
    ['length', clip.durationMs === null ? null : durationText(clip.durationMs)],
    [
      'picture',
      clip.width === null ? null : `${clip.width} x ${clip.height ?? '?'} ${clip.videoCodec ?? ''}`,
    ],
    ['timecode', clip.startTimecode],
    ['sha256', clip.sha256],
    ['credit', clip.rights?.creditLine],
    ['rights', clip.rights?.usageText],
    ['steps', steps.join(', ')],
  ]);
  return { document: { kind: 'clip', ...clip }, lines };
}

function showEvent(event: Event): Shown {
  const days =
    event.lastDay !== null && event.lastDay !== event.firstDay
      ? `${event.firstDay ?? '?'} to ${event.lastDay}`
      : event.firstDay;
  const lines = facts([
    ['event', event.id],
    ['title', event.title],
    ['days', days],
    ['place', event.place],
    ['people', event.people.map(({ name }) => name).join(', ')],
    ['organisations', event.organisations.join(', ')],
    ['assets', event.assets],
    ['clips', event.clips],
    ['summary', event.summary],
  ]);
  return { document: { kind: 'event', ...event }, lines };
}

function showDownload(download: Download): Shown {
  return { document: { kind: 'download', ...downloadDocument(download) }, lines: downloadLines([download]) };
}
