import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { Answer } from '../asker.ts';
import { readPicture } from '../reading/read-picture.ts';
import { sameAddress } from '../reading/addresses.ts';
import { createBreather } from '../reading/breathing.ts';
import type { CatalogueSource, ItemFailure, SourceContext, SourcePage } from '../source-model.ts';
import {
  behindRun,
  digestOf,
  mostSeen,
  tokenOf,
  unpackCursor,
  type FeedCursor,
  type FeedRun,
} from './feed-cursor.ts';
import { readKnownFeed, type FeedDocument } from './feed-document.ts';
import { renewFromFeed } from './renew-from-feed.ts';

/** Pages of one run: a list that does not end by itself ends here, and says so. */
const mostPages = 1000;

/** After this a run reads on through all pages, for what changed behind the first known one. In milliseconds. */
const wholeEveryMs = 7 * 24 * 3_600_000;

/** What a feed is asked for; generic servers choose by it. */
export const feedTypes =
  'application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, */*;q=0.5';

/** A feed as a source: a window of what is new, so what it no longer shows is as it was. */
export function createFeedSource(context: SourceContext): CatalogueSource {
  return {
    changedSince: (cursor, signal) => readRun(context, unpackCursor(cursor), signal),
    renew: (rendition, signal) => renewFromFeed(rendition, { context, signal }),
    readPicture: (pictureUrl, signal) => readPicture(context.ask, { url: pictureUrl }, signal),
  };
}

async function* readRun(
  context: SourceContext,
  cursor: FeedCursor,
  signal: AbortSignal,
): AsyncGenerator<SourcePage> {
  let run = cursor.run;
  let feed: FeedDocument;
  let tokens: readonly string[];
  if (run === null) {
    const first = await readFirst(context, cursor, signal);
    if (first === null) {
      yield pageOf(null, cursor, { ends: 'changes' });
      return;
    }
    ({ feed, run, tokens } = first);
  } else {
    ({ feed, run, tokens } = await readNext(context, { run, isResumed: true }, signal));
  }
  const seen = new Set(cursor.seen);
  for (;;) {
    const isOld = tokens.length > 0 && tokens.every((token) => seen.has(token));
    const next = nextOf(feed, run, isOld);
    if (next === null) {
      const end = behindRun(cursor, run, context.now());
      const isAll = feed.isComplete && run.pages === 1 && feed.leftOut === 0;
      yield pageOf(feed, end, { ends: isAll ? 'everything' : 'changes', unread: endless(feed, run) });
      return;
    }
    run = { ...run, next };
    yield pageOf(feed, { ...cursor, run }, { ends: 'more' });
    ({ feed, run, tokens } = await readNext(context, { run, isResumed: false }, signal));
  }
}

interface Read {
  readonly feed: FeedDocument;
  readonly run: FeedRun;
  /** What each asset of the page came to. */
  readonly tokens: readonly string[];
}

/** The first page; null when nothing on it has changed, nor what it means by now. */
async function readFirst(
  context: SourceContext,
  cursor: FeedCursor,
  signal: AbortSignal,
): Promise<Read | null> {
  const { url } = context.config;
  const nowMs = context.now();
  const isOver = cursor.againAtMs !== null && cursor.againAtMs <= nowMs;
  const known = isOver ? null : cursor.known;
  const answer = await context.ask
    .get({ url, accept: feedTypes, signal, ...(known === null ? {} : { known }) })
    .catch((error: unknown) => {
      throw asGone(error, 'SOURCE_UNAVAILABLE', 'The feed is no longer at its address.');
    });
  if (answer.status === 304) return null;
  const digest = digestOf(answer.body);
  if (known?.digest === digest) return null;
  const feed = await readKnownFeed(answer, nowMs);
  // A clock that was years ahead has left a time that is long in coming.
  const wholeAgo = Math.abs(nowMs - (cursor.wholeAtMs ?? 0));
  const run = {
    next: url,
    isWhole: cursor.wholeAtMs === null || wholeAgo > wholeEveryMs,
    pages: 0,
    first: { ...answer.validators, digest },
    againAtMs: null,
    seen: [],
    visited: [],
  };
  const tokens = await tokensOf(feed);
  return { feed, tokens, run: behindPage(run, { feed, tokens, answer, nowMs }) };
}

async function readNext(
  context: SourceContext,
  { run, isResumed }: { run: FeedRun; isResumed: boolean },
  signal: AbortSignal,
): Promise<Read> {
  const nowMs = context.now();
  const answer = await context.ask
    .get({ url: run.next, accept: feedTypes, signal })
    .catch((error: unknown) => {
      throw isResumed
        ? asGone(error, 'CONFLICT', 'The feed no longer has the page to go on at.')
        : asGone(error, 'SOURCE_UNAVAILABLE', 'The feed leads to an older page that is not there.');
    });
  const feed = await readKnownFeed(answer, nowMs);
  const tokens = await tokensOf(feed);
  return { feed, tokens, run: behindPage(run, { feed, tokens, answer, nowMs }) };
}

async function tokensOf({ assets }: FeedDocument): Promise<string[]> {
  const breathe = createBreather();
  const tokens: string[] = [];
  for (const asset of assets) {
    tokens.push(tokenOf(asset));
    await breathe();
  }
  return tokens;
}

function behindPage(
  run: FeedRun,
  { feed, tokens, answer, nowMs }: Omit<Read, 'run'> & { answer: Answer; nowMs: number },
): FeedRun {
  const ends = feed.assets.flatMap(({ rights: { embargoUntilMs } }) =>
    embargoUntilMs !== null && embargoUntilMs > nowMs ? [embargoUntilMs] : [],
  );
  const againAtMs = [...ends, ...(run.againAtMs === null ? [] : [run.againAtMs])];
  return {
    ...run,
    pages: run.pages + 1,
    againAtMs: againAtMs.length === 0 ? null : Math.min(...againAtMs),
    seen: [...run.seen, ...tokens].slice(0, mostSeen),
    visited: [...run.visited, ...[run.next, answer.url].map(nameOfPage)],
  };
}

/** Where to read on: nowhere behind the last page, behind one that brought nothing new, or back where one has been. */
function nextOf(feed: FeedDocument, run: FeedRun, isOld: boolean): string | null {
  const { next, entries } = feed;
  if (next === null || entries === 0 || (isOld && !run.isWhole) || run.pages >= mostPages) return null;
  return run.visited.includes(nameOfPage(next)) ? null : next;
}

function nameOfPage(url: string): string {
  return digestOf(sameAddress(url)).slice(0, 12);
}

function endless({ next }: FeedDocument, run: FeedRun): ItemFailure[] {
  if (next === null || run.pages < mostPages) return [];
  return [{ where: next, why: `The feed has more than ${mostPages} pages; the older ones were not read.` }];
}

function pageOf(
  feed: FeedDocument | null,
  cursor: FeedCursor,
  { ends, unread = [] }: { ends: SourcePage['ends']; unread?: readonly ItemFailure[] },
): SourcePage {
  return {
    assets: feed?.assets ?? [],
    failures: [...(feed?.failures ?? []), ...unread],
    cursor: JSON.stringify(cursor),
    total: null,
    ends,
  };
}

/** A page that is not there, in words that say what that means here. */
function asGone(error: unknown, code: 'CONFLICT' | 'SOURCE_UNAVAILABLE', message: string): unknown {
  const isGone = error instanceof RushesError && error.code === 'NOT_FOUND';
  return isGone ? new RushesError(code, message, error.facts) : error;
}
