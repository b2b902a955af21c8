import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeBody } from '../reading/bytes-to-text.ts';
import type { ItemFailure, SourceAsset, SourceEvent, SourceRendition } from '../source-model.ts';
import { readAgencyDocument } from './agency-document.ts';
import type { WaitingFile } from './folder-cursor.ts';
import { findInFolder, readFolderHref } from './folder-media.ts';
import type { FolderFile } from './folder-scan.ts';

/** An item file has some kilobytes, a message with hundreds of items some megabytes. */
const largestItemBytes = 16 * 1024 * 1024;

/** What one file of the folder came to. */
export interface ReadFile {
  readonly assets: readonly SourceAsset[];
  readonly events: readonly SourceEvent[];
  readonly failures: readonly ItemFailure[];
  /** Set when the file is to be read again although it stays as it is. */
  readonly waiting: WaitingFile | null;
}

/** What the reading of a file depends on. */
export interface FolderReading {
  readonly folder: string;
  readonly nowMs: number;
  /** Whether a file that was written at this time may still be growing. */
  readonly isFresh: (modifiedAtMs: number) => boolean;
}

const nothing: ReadFile = { assets: [], events: [], failures: [], waiting: null };

/** Reads a file with items and looks at the media files beside it. A file that cannot be read is a failure with its name. */
export async function readFolderFile(file: FolderFile, reading: FolderReading): Promise<ReadFile> {
  const failed = (why: string): ReadFile => ({ ...nothing, failures: [{ where: file.name, why }] });
  if (file.sizeBytes > largestItemBytes) return failed('It is too large for a file with items.');
  let body;
  try {
    body = await readFile(join(reading.folder, ...file.name.split('/')));
  } catch (error) {
    return failed(`It cannot be read: ${(error as Error).message}`);
  }
  const refused: ItemFailure[] = [];
  const read = await readAgencyDocument(decodeBody({ body, contentType: null }), {
    nowMs: reading.nowMs,
    address: (href) => {
      const found = readFolderHref(href, { folder: reading.folder, name: file.name });
      if (found.kind === 'refused') refused.push({ where: file.name, why: found.why });
      return found.kind === 'refused' ? null : found.address;
    },
  });
  if (read.document === null) {
    // Other software may keep its own files there; only what begins like an item is missed.
    return read.broken ? failed(read.why) : nothing;
  }
  const { assets, events, failures } = read.document;
  const missing = new Set<string>();
  const whole = [];
  for (const asset of assets) whole.push(await withMedia(asset, { reading, missing }));
  const ends = assets.flatMap(({ rights: { embargoUntilMs: end } }) =>
    end !== null && end > reading.nowMs ? [end] : [],
  );
  const untilMs = ends.length === 0 ? null : Math.min(...ends);
  const isWaiting = untilMs !== null || missing.size > 0;
  return {
    assets: whole,
    events,
    failures: [...failures.map(({ where, why }) => ({ where: `${file.name}: ${where}`, why })), ...refused],
    waiting: isWaiting ? { name: file.name, media: [...missing], untilMs } : null,
  };
}

/** A transfer that pauses for longer than this is over, in milliseconds. */
const longestPauseMs = 10 * 60_000;

/** Whether a file is still being written: it was a moment ago, or it has not yet the size it is to have. */
function isHalf(
  found: { sizeBytes: number; modifiedAtMs: number },
  { sizeBytes }: SourceRendition,
  { isFresh, nowMs }: FolderReading,
): boolean {
  if (isFresh(found.modifiedAtMs)) return true;
  return found.sizeBytes < (sizeBytes ?? 0) && nowMs - found.modifiedAtMs < longestPauseMs;
}

/** The files beside an item as they are on the disk; an item whose video is still on its way is expected. */
async function withMedia(
  asset: SourceAsset,
  { reading, missing }: { reading: FolderReading; missing: Set<string> },
): Promise<SourceAsset> {
  const renditions: SourceRendition[] = [];
  for (const rendition of asset.renditions) {
    const address = rendition.address ?? '';
    if (!address.startsWith('file:')) {
      renditions.push(rendition);
      continue;
    }
    const found = await findInFolder(reading.folder, address);
    // The disk knows the size; what the item says of it is at best the same.
    if (found !== null && !isHalf(found, rendition, reading))
      renditions.push({ ...rendition, sizeBytes: found.sizeBytes, aboutBytes: null });
    else missing.add(address);
  }
  const picture = asset.pictureUrl;
  const hasPicture =
    picture?.startsWith('file:') !== true || (await findInFolder(reading.folder, picture)) !== null;
  if (!hasPicture && picture !== null) missing.add(picture);
  const hasVideo = renditions.some(({ medium }) => medium === 'video');
  return {
    ...asset,
    renditions,
    status: asset.status === 'usable' && !hasVideo ? 'expected' : asset.status,
    pictureUrl: hasPicture ? picture : null,
  };
}
