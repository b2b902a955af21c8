import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { readPicture } from '../reading/read-picture.ts';
import type { CatalogueSource, SourceContext, SourcePage } from '../source-model.ts';
import { askPage, headersFor, type FeedAnswer } from './ask-page.ts';
import {
  behindPage,
  behindRun,
  unpackCursor,
  type FeedCursor,
  type PageMark,
  type Stamp,
} from './feed-cursor.ts';
import type { AgencyDocument } from './read-context.ts';
import { renewFromFeed } from './renew-from-feed.ts';

/** Pages that one run follows: a list without an end ends here, and says so. */
const mostPages = 5000;

type Ask = (url: string, known: PageMark | null) => Promise<FeedAnswer>;

/** A feed of ninjs or NewsML-G2 as a source: a window of what is current, so what it no longer shows is as it was. */
export function createAgencyFeedSource(context: SourceContext): CatalogueSource {
  const asking =
    (signal: AbortSignal): Ask =>
    (url, known) =>
      askPage(context, { url, known, signal });
  return {
    changedSince: (cursor, signal) => readPages(context, unpackCursor(cursor), asking(signal)),
    renew: (rendition, signal) =>
      renewFromFeed(rendition, { context, readPage: (url) => asking(signal)(url, null) }),
    readPicture: async (pictureUrl, signal) => {
      const headers = await headersFor(context, pictureUrl);
      return readPicture(context.ask, { url: pictureUrl, headers }, signal);
    },
  };
}

async function* readPages(context: SourceContext, start: FeedCursor, ask: Ask): AsyncGenerator<SourcePage> {
  let cursor = start;
  const isOver = (mark: PageMark): boolean => mark.againAtMs !== null && mark.againAtMs <= context.now();
  const oneFirst = start.newestFirst && !start.known.some(isOver);
  for (let pages = 0; pages < mostPages; pages++) {
    const url = cursor.next ?? context.config.url;
    const isFirst = cursor.marks.length === 0;
    const known = cursor.known.find((mark) => mark.url === url && !isOver(mark)) ?? null;
    const { document, mark } = await ask(url, known).catch((error: unknown) => {
      throw withoutPage(error, { isResumed: pages === 0 && cursor.next !== null });
    });
    if (document === null && isFirst && oneFirst) {
      yield pageOf(null, { ...cursor, marks: [], next: null });
      return;
    }
    cursor = behindPage(cursor, ended(cursor, mark), document === null ? null : stampsOf(document));
    if (cursor.next !== null) {
      yield { ...pageOf(document, cursor), ends: 'more' };
      continue;
    }
    yield pageOf(document, behindRun(cursor));
    return;
  }
  throw new RushesError('SOURCE_UNAVAILABLE', `The feed has more than ${mostPages} pages.`);
}

/** Some lists lead from their last page to itself or back to one before: that is an end as well. */
function ended(cursor: FeedCursor, mark: PageMark): PageMark {
  const isBehind = mark.next === mark.url || cursor.marks.some((one) => one.url === mark.next);
  return isBehind ? { ...mark, next: null } : mark;
}

function pageOf(document: AgencyDocument | null, cursor: FeedCursor): SourcePage {
  return {
    assets: document?.assets ?? [],
    events: document?.events ?? [],
    failures: document?.failures ?? [],
    cursor: JSON.stringify(cursor),
    total: null,
    ends: 'changes',
  };
}

/** A page of a run that was interrupted may be gone; a feed that is gone does not answer, it is not empty. */
function withoutPage(error: unknown, { isResumed }: { isResumed: boolean }): unknown {
  if (!(error instanceof RushesError) || error.code !== 'NOT_FOUND') return error;
  return isResumed
    ? new RushesError('CONFLICT', 'The feed no longer knows the page to go on at.', error.facts)
    : new RushesError('SOURCE_UNAVAILABLE', error.message, error.facts);
}

function stampsOf(document: AgencyDocument): Stamp[] {
  return document.assets.map(({ dates }) => ({
    changedAtMs: dates.changed?.atMs ?? null,
    madeAtMs: dates.published?.atMs ?? null,
  }));
}
