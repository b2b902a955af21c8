import { setImmediate as breathe } from 'node:timers/promises';
import * as z from 'zod';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { evidenceOf, type Answer, type Asker, type Validators } from '../asker.ts';
import { fileNameOf } from '../reading/addresses.ts';
import { decodeBody } from '../reading/bytes-to-text.ts';
import { cursorIn } from '../reading/cursor-text.ts';
import { tooMuchMarkup } from '../reading/page-depth.ts';
import { plainLink } from '../reading/plain-link.ts';
import { readPicture } from '../reading/read-picture.ts';
import { isPlainAddress } from '../reading/signed-address.ts';
import type {
  CatalogueSource,
  RenditionRef,
  SourceContext,
  SourcePage,
  SourceRendition,
} from '../source-model.ts';
import { openPage } from './page-dom.ts';
import { readPage, type PageVideos } from './page-videos.ts';
import { toPageAssets } from './video-asset.ts';

/** Pages of a list that are followed. */
const mostPages = 20;
/** The largest page that is read, in bytes. */
const largestPageBytes = 12 * 1024 * 1024;

const visited = z.object({
  url: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  next: z.string().nullable(),
});
const cursorShape = z.object({
  v: z.literal(1),
  /** The pages as they were when they were last read, in their order. */
  pages: z.array(visited),
  /** Where a run that is under way goes on, and the pages that it has read; null between two runs. */
  run: z.object({ next: z.string(), read: z.array(z.string()) }).nullable(),
});
type Visited = z.infer<typeof visited>;
type Cursor = z.infer<typeof cursorShape>;

/** A page, or a list of some, as a source. A page is a window on what there is: what leaves it is not gone. */
export function createPageSource({ config, ask, policy }: SourceContext): CatalogueSource {
  return {
    changedSince: (cursor, signal) => readPages({ cursor, url: config.url, ask, signal }),
    renew: async (rendition, signal) => {
      const { address } = rendition;
      if (address !== null && isPlainAddress(address)) {
        return plainLink(address, policy, { fileName: fileNameOf(address) });
      }
      const found = await findRendition(rendition, { url: config.url, ask, signal });
      if (found.address === null) throw gone();
      const { sizeBytes, hash } = found;
      return plainLink(found.address, policy, { sizeBytes, hash, fileName: fileNameOf(found.address) });
    },
    readPicture: (url, signal) => readPicture(ask, { url }, signal),
  };
}

interface Reading {
  readonly url: string;
  readonly ask: Asker;
  readonly signal: AbortSignal;
}

/** The pages of a list from where the cursor is, each asked whether it has changed. */
async function* readPages({
  cursor,
  ...reading
}: Reading & { cursor: string | null }): AsyncGenerator<SourcePage> {
  const state = readCursor(cursor);
  const done = [...(state.run?.read ?? [])];
  let next: string | null = state.run?.next ?? reading.url;
  while (next !== null) {
    const at: string = next;
    const read: ReadPage = await readOne(
      at,
      reading,
      state.pages.find(({ url }) => url === at),
    );
    if (read.visited !== null) state.pages = [...state.pages.filter(({ url }) => url !== at), read.visited];
    done.push(at);
    const follows: string | null = read.visited?.next ?? null;
    // A list that leads back to itself is over too.
    next = follows === null || done.includes(follows) || done.length >= mostPages ? null : follows;
    state.run = next === null ? null : { next, read: done };
    if (next === null) state.pages = state.pages.filter(({ url }) => done.includes(url));
    yield {
      ...read.told,
      cursor: JSON.stringify(state),
      total: null,
      ends: next === null ? 'changes' : 'more',
    };
  }
}

interface ReadPage {
  readonly told: Pick<SourcePage, 'assets' | 'failures'>;
  /** Null when nothing of it is to be remembered, so that it is read again. */
  readonly visited: Visited | null;
}

/** One page. The first has to tell of a video; one behind it that does not is a failure and the end of the list. */
async function readOne(
  url: string,
  { ask, signal, ...source }: Reading,
  known: Visited | undefined,
): Promise<ReadPage> {
  const isFirst = url === source.url;
  const answer = await askPage(url, { ask, signal, ...(known ? { known } : {}) });
  const nothing = { assets: [], failures: [] };
  if (answer.status === 304) return { told: nothing, visited: known ?? null };
  const page = await openAnswer(answer, url);
  const told = toPageAssets(page);
  if (told.assets.length === 0) {
    const detail = evidenceOf(answer);
    if (isFirst)
      throw new RushesError('SOURCE_CHANGED', 'The page no longer tells of any video.', { detail });
    return {
      told: { assets: [], failures: [{ where: url, why: `No video on this page. ${detail}` }] },
      visited: null,
    };
  }
  return { told, visited: { url, ...answer.validators, next: page.nextUrl } };
}

async function askPage(
  url: string,
  { ask, signal, known }: { ask: Asker; signal: AbortSignal; known?: Validators },
): Promise<Answer> {
  try {
    return await ask.get({
      url,
      accept: 'text/html, application/xhtml+xml;q=0.9, */*;q=0.5',
      maxBytes: largestPageBytes,
      signal,
      ...(known ? { known } : {}),
    });
  } catch (error) {
    if (!(error instanceof RushesError) || error.code !== 'NOT_FOUND') throw error;
    throw new RushesError('SOURCE_CHANGED', 'The page is gone from its address.', error.facts);
  }
}

/** What an answer tells. @throws RushesError SOURCE_UNAVAILABLE for an empty one or one that was cut off, SOURCE_CHANGED. */
export async function openAnswer(answer: Answer, asked: string): Promise<PageVideos> {
  const text = decodeBody(answer);
  const evidence = { detail: evidenceOf(answer) };
  if (text.trim() === '') throw new RushesError('SOURCE_UNAVAILABLE', 'The page is empty.', evidence);
  if (isCut(text)) throw new RushesError('SOURCE_UNAVAILABLE', 'The page ends in its middle.', evidence);
  const tooMuch = tooMuchMarkup(text);
  if (tooMuch !== null) throw new RushesError('SOURCE_CHANGED', tooMuch, evidence);
  await breathe();
  const page = openPage(text);
  await breathe();
  return readPage(page, { asked, answered: answer.url });
}

/** Pages may leave out their last tags, but none ends within a tag or a script. */
function isCut(text: string): boolean {
  const end = text.trimEnd();
  const script = Math.max(end.lastIndexOf('<script'), end.lastIndexOf('<SCRIPT'));
  if (script >= 0 && !/<\/script/i.test(end.slice(script))) return true;
  return end.lastIndexOf('<') > end.lastIndexOf('>') && /^<[a-z/!]/i.test(end.slice(end.lastIndexOf('<')));
}

/** Reads the pages again for the present address of one file. */
async function findRendition(wanted: RenditionRef, reading: Reading): Promise<SourceRendition> {
  let next: string | null = reading.url;
  for (let count = 0; next !== null && count < mostPages; count++) {
    const page: PageVideos = await openAnswer(await askPage(next, reading), next);
    const found = toPageAssets(page)
      .assets.flatMap(({ renditions }) => renditions)
      .find(({ externalId }) => externalId === wanted.externalId);
    if (found) return found;
    next = page.nextUrl;
  }
  throw gone();
}

function gone(): RushesError {
  return new RushesError('NOT_FOUND', 'The page does not offer this file any more.');
}

function readCursor(text: string | null): Cursor {
  if (text === null) return { v: 1, pages: [], run: null };
  const cursor = cursorIn(text, cursorShape);
  if (cursor === null) throw new RushesError('CONFLICT', 'The place in the pages is not known any more.');
  return cursor;
}
