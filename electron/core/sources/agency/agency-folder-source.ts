import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { RenditionLink } from '../../downloads/rendition-link.ts';
import { plainLink } from '../reading/plain-link.ts';
import { largestPictureBytes, readPicture } from '../reading/read-picture.ts';
import type { CatalogueSource, RenditionRef, SourceContext, SourcePage } from '../source-model.ts';
import {
  behindBuckets,
  bucketMark,
  bucketOf,
  fitted,
  intoBuckets,
  unpackFolderCursor,
  type FolderCursor,
  type WaitingFile,
} from './folder-cursor.ts';
import { findInFolder } from './folder-media.ts';
import { lookAt, scanFolder, type FolderFile } from './folder-scan.ts';
import { readFolderFile, type FolderReading, type ReadFile } from './read-folder-file.ts';

/** How long a file has to stay as it is before it is taken for whole, in milliseconds. */
const restMs = 2000;
/** Files on a page, and so read between two places where a run can go on. */
const filesOnPage = 200;

/**
 * A folder that an agency's software writes into, as a source. Only new and changed files are read. A file that is moved
 * or deleted withdraws nothing: software clears its folders up, and an agency says itself what it withdraws.
 */
export function createAgencyFolderSource(context: SourceContext): CatalogueSource {
  const folder = fileURLToPath(context.config.url);
  return {
    changedSince: (cursor, signal) => readFolder(context, { folder, cursor, signal }),
    renew: (rendition) => renew(rendition, folder, context),
    readPicture: async (pictureUrl, signal) => {
      if (/^https?:/i.test(pictureUrl)) {
        return readPicture(context.ask, { url: pictureUrl }, signal);
      }
      const found = await findInFolder(folder, pictureUrl);
      if (found === null || found.sizeBytes > largestPictureBytes) {
        throw new RushesError('NOT_FOUND', 'The picture is not in the folder.');
      }
      return readFile(found.path);
    },
  };
}

async function* readFolder(
  context: SourceContext,
  at: { folder: string; cursor: string | null; signal: AbortSignal },
): AsyncGenerator<SourcePage> {
  const { folder, signal } = at;
  const scan = await scanFolder(folder, signal);
  const settled = await settledOf(scan.items, { folder, signal, now: context.now });
  let cursor = fitted(unpackFolderCursor(at.cursor), settled.length);
  const ripe = await ripeBuckets(cursor, folder, context.now());
  const changed = intoBuckets(settled, cursor.buckets.length)
    .map((files, index) => ({ files, index, mark: bucketMark(files) }))
    .filter(({ index, mark }) => mark !== cursor.buckets[index] || ripe.has(index));
  const reading: FolderReading = {
    folder,
    nowMs: context.now(),
    isFresh: (modifiedAtMs) => Math.abs(context.now() - modifiedAtMs) < restMs,
  };
  const pages = intoPages(changed);
  for (const [number, page] of pages.entries()) {
    const read: ReadFile[] = [];
    for (const file of page.flatMap(({ files }) => files)) {
      if (signal.aborted) throw new RushesError('CANCELLED', 'Cancelled.');
      read.push(await readFolderFile(file, reading));
    }
    cursor = behindBuckets(cursor, {
      marks: new Map(page.map(({ index, mark }) => [index, mark])),
      waiting: read.flatMap(({ waiting }) => (waiting === null ? [] : [waiting])),
    });
    yield { ...pageOf(read, cursor), ends: number === pages.length - 1 ? 'changes' : 'more' };
  }
  if (pages.length === 0) yield pageOf([], cursor);
}

function pageOf(read: readonly ReadFile[], cursor: FolderCursor): SourcePage {
  return {
    assets: read.flatMap(({ assets }) => assets),
    events: read.flatMap(({ events }) => events),
    failures: read.flatMap(({ failures }) => failures),
    cursor: JSON.stringify(cursor),
    total: null,
    ends: 'changes',
  };
}

/** The files that have come to rest. One that is being written is left for the next time, as if it were not there. */
async function settledOf(
  items: readonly FolderFile[],
  at: { folder: string; signal: AbortSignal; now: () => number },
): Promise<FolderFile[]> {
  const nowMs = at.now();
  const fresh = items.filter(({ modifiedAtMs }) => Math.abs(nowMs - modifiedAtMs) < restMs);
  if (fresh.length === 0) return [...items];
  await sleep(restMs, undefined, { signal: at.signal }).catch(() => {
    throw new RushesError('CANCELLED', 'Cancelled.');
  });
  const unrest = new Set<string>();
  for (const file of fresh) {
    const now = await lookAt(at.folder, join(at.folder, ...file.name.split('/')));
    if (now?.mark !== file.mark) unrest.add(file.name);
  }
  return items.filter(({ name }) => !unrest.has(name));
}

/** The buckets of files whose media have come or whose embargo is over. */
async function ripeBuckets(cursor: FolderCursor, folder: string, nowMs: number): Promise<Set<number>> {
  const ripe = new Set<number>();
  for (const file of cursor.waiting) {
    if (await isRipe(file, folder, nowMs)) ripe.add(bucketOf(file.name, cursor.buckets.length));
  }
  return ripe;
}

async function isRipe(file: WaitingFile, folder: string, nowMs: number): Promise<boolean> {
  if (file.untilMs !== null && file.untilMs <= nowMs) return true;
  for (const address of file.media) {
    if ((await findInFolder(folder, address)) !== null) return true;
  }
  return false;
}

interface Bucket {
  readonly files: readonly FolderFile[];
  readonly index: number;
  readonly mark: string;
}

/** Whole buckets together, so that each page leaves a place to go on. */
function intoPages(buckets: readonly Bucket[]): Bucket[][] {
  const pages: Bucket[][] = [];
  let files = filesOnPage;
  for (const bucket of buckets) {
    if (files >= filesOnPage) {
      pages.push([]);
      files = 0;
    }
    pages.at(-1)?.push(bucket);
    files += bucket.files.length;
  }
  return pages;
}

async function renew(
  rendition: RenditionRef,
  folder: string,
  context: SourceContext,
): Promise<RenditionLink> {
  const { address } = rendition;
  if (address === null) throw new RushesError('NOT_FOUND', 'The item names no place where this file lies.');
  if (!address.startsWith('file:')) {
    return plainLink(address, context.policy);
  }
  const found = await findInFolder(folder, address);
  if (found === null) throw new RushesError('NOT_FOUND', 'The file is no longer in the agency folder.');
  throw new RushesError('NOT_RELEASED', 'This file is on this machine already, in the agency folder.', {
    detail: found.path,
    hint: 'Add the agency folder to the library: then the file is found there, and nothing is downloaded.',
  });
}
