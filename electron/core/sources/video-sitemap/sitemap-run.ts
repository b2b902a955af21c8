import { hash } from 'node:crypto';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { Answer, Asker } from '../asker.ts';
import type { ItemFailure, SourceAsset, SourcePage } from '../source-model.ts';
import { mergeIndex } from './merge-index.ts';
import { readSitemap, SitemapFault } from './read-sitemap.ts';
import { toSitemapAssets } from './sitemap-asset.ts';
import { largestSitemapBytes, openSitemap, type SitemapText } from './sitemap-body.ts';
import {
  dayMs,
  readCursor,
  startRun,
  type SitemapCursor,
  type SitemapFile,
  type SitemapRun,
} from './sitemap-cursor.ts';

/** Assets on a page. */
const pageSize = 200;
/** A source of so few videos is shown whole with any change: it costs a few requests and no loss goes unseen. */
const fewVideos = 2000;
/** A whole run that was not to be had is tried again after this, in milliseconds. */
const againMs = 3_600_000;

/** What a run works with. */
interface Work {
  readonly state: SitemapCursor;
  readonly run: SitemapRun;
  readonly ask: Asker;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly failures: ItemFailure[];
  /** Files in a row that the network did not let through. */
  cutOff: number;
  lastError: unknown;
}

/**
 * One run over the files of a source: what has changed is shown, what is proven unchanged is not. Where videos may be
 * gone, the rest is shown too, and the run ends with everything.
 *
 * A file is unchanged when its index lists it with the same lastmod (believed for a day), when the server says so, or
 * when its bytes are the same. A broken file is a failure beside which the others go on.
 */
export async function* runSitemap(deps: {
  cursor: string | null;
  url: string;
  ask: Asker;
  signal: AbortSignal;
  now: () => number;
}): AsyncGenerator<SourcePage> {
  const state = readCursor(deps.cursor, deps.url);
  const run = state.run ?? startRun(state, deps.now());
  const work: Work = { ...deps, state, run, failures: [], cutOff: 0, lastError: null };
  for (;;) {
    const file = state.files.find(({ told }) => told === 'waits');
    if (file) yield* readFile(work, file);
    else if (!goesWhole(work)) break;
  }
  yield await lastPage(work);
}

/** One file, as it is due: not at all, if it has changed, or in full. */
async function* readFile(work: Work, file: SitemapFile): AsyncGenerator<SourcePage> {
  const { run, state } = work;
  if (isBelieved(file, run)) {
    file.told = 'same';
    return;
  }
  const inFull = run.at?.url === file.url || (run.whole && !file.isIndex) || file.digest === null;
  try {
    const answer = await work.ask.get({
      url: file.url,
      accept: 'application/xml, text/xml, application/gzip;q=0.9, */*;q=0.5',
      maxBytes: largestSitemapBytes,
      signal: work.signal,
      ...(inFull ? {} : { known: { etag: file.etag, lastModified: file.lastModified } }),
    });
    work.cutOff = 0;
    const opened = answer.status === 304 ? null : await openSitemap(answer);
    if (opened === null || (!inFull && opened.digest === file.digest)) {
      keep(file, answer, {});
      file.told = 'same';
    } else if (opened.root === 'index') {
      run.filesChanged = (await mergeIndex(state, file, opened.text)) || run.filesChanged;
      keep(file, answer, { digest: opened.digest, isIndex: true, videos: 0, sum: 0 });
      file.told = 'same';
    } else {
      yield* showList(work, file, { answer, opened });
    }
  } catch (error) {
    fail(work, file, error);
  }
}

/** All videos of one file, page by page. */
async function* showList(
  work: Work,
  file: SitemapFile,
  { answer, opened }: { answer: Answer; opened: SitemapText },
): AsyncGenerator<SourcePage> {
  const { run, state } = work;
  const { digest } = opened;
  // Cut short in the middle of the same bytes, the run goes on there; other bytes are shown from their start.
  const skip = run.at?.url === file.url && run.at.digest === digest ? run.at.entries : 0;
  const seen = { pages: new Set<string>(), videos: new Set<string>(), names: new Set<string>() };
  const found = { entries: 0, videos: 0, sum: 0 };
  const total = totalOf(state, file, opened);
  let assets: SourceAsset[] = [];
  run.shown = true;
  for await (const entries of readSitemap(opened.text)) {
    for (const entry of entries) {
      const told = toSitemapAssets(entry, file.url, seen);
      found.entries++;
      for (const { externalId } of told.assets) {
        found.videos++;
        found.sum = (found.sum + Number.parseInt(hash('sha1', externalId).slice(0, 12), 16)) % 2 ** 48;
      }
      if (found.entries <= skip) continue;
      assets.push(...told.assets);
      work.failures.push(...told.failures);
      if (assets.length < pageSize) continue;
      run.at = { url: file.url, digest, entries: found.entries };
      yield pageOf(work, assets, total);
      assets = [];
    }
  }
  run.at = null;
  run.lost ||= hasLost(file, found);
  state.owed ||= file.digest !== null && file.sum !== found.sum;
  const { videos, sum } = found;
  keep(file, answer, { digest, videos, sum, isIndex: false, knowsVideos: opened.knowsVideos });
  file.told = 'shown';
  if (assets.length > 0) yield pageOf(work, assets, total);
}

/** Something that was there is gone for certain; what went while as much came is told by the daily whole run. */
function hasLost(file: SitemapFile, found: { videos: number; sum: number }): boolean {
  if (file.digest === null) return false;
  return found.videos < file.videos || (found.videos === file.videos && found.sum !== file.sum);
}

/** Remembers a file as it answered. */
function keep(file: SitemapFile, answer: Answer, facts: Partial<SitemapFile>): void {
  const { etag, lastModified } = answer.validators;
  // An answer of "unchanged" may leave out what marks it.
  const marks =
    answer.status === 304
      ? { etag: etag ?? file.etag, lastModified: lastModified ?? file.lastModified }
      : { etag, lastModified };
  Object.assign(file, { ...marks, stamp: file.listed, ...facts });
}

/** Whether a file need not be asked: its index says that it is as it was, or it never had to do with videos. */
function isBelieved(file: SitemapFile, run: SitemapRun): boolean {
  if (file.digest === null || run.checks || run.at?.url === file.url) return false;
  if (run.whole && !file.isIndex) return false;
  if (!file.isIndex && file.depth > 0 && !file.knowsVideos) return true;
  return file.listed !== null && file.listed === file.stamp;
}

/** Notes a file that cannot be read; what concerns the whole source is thrown. */
function fail(work: Work, file: SitemapFile, error: unknown): void {
  const known = error instanceof RushesError;
  if (!known && !(error instanceof SitemapFault)) throw error;
  if (known && (error.code === 'CANCELLED' || error.facts.retryAfterMs !== undefined)) throw error;
  // Once may be the file; twice in a row is the network.
  if (known && error.code === 'NETWORK_UNAVAILABLE' && ++work.cutOff > 1) throw error;
  const told = known
    ? error
    : new RushesError('SOURCE_CHANGED', `The sitemap is not well-formed: ${error.message}`, {
        detail: file.url,
      });
  if (file.depth === 0)
    throw isGone(told) ? new RushesError('SOURCE_CHANGED', told.message, told.facts) : told;
  work.lastError = told;
  file.told = 'failed';
  work.run.at = null;
  work.failures.push({
    where: file.url,
    why: [told.message, told.facts.detail].filter((part) => part !== undefined).join(' '),
  });
}

function isGone(error: RushesError): boolean {
  return error.code === 'NOT_FOUND';
}

/** Whether what was passed over is to be shown now, because something may be gone from it. */
function goesWhole({ state, run }: Work): boolean {
  const videos = state.files.reduce((sum, file) => sum + file.videos, 0);
  const changed = run.filesChanged || run.lost || (run.shown && state.owed && videos <= fewVideos);
  if (!changed && !run.whole) return false;
  run.whole = true;
  const passed = state.files.filter((file) => file.told === 'same' && !file.isIndex);
  for (const file of passed) file.told = 'waits';
  return passed.length > 0;
}

async function lastPage(work: Work): Promise<SourcePage> {
  const { state, run } = work;
  const lists = state.files.filter(({ isIndex }) => !isIndex);
  if (work.lastError !== null && lists.every(({ told }) => told === 'failed')) throw work.lastError;
  const whole = state.files.every(({ told, isIndex }) => told === 'shown' || (isIndex && told === 'same'));
  const ends = whole && (await isStillSo(work)) ? 'everything' : 'changes';
  const nowMs = work.now();
  if (run.checks) state.checkedAtMs = nowMs;
  if (ends === 'everything') Object.assign(state, { owed: false, wholeAtMs: nowMs });
  else if (run.whole || whole) Object.assign(state, { owed: true, wholeAtMs: nowMs - dayMs + againMs });
  state.run = null;
  return { ...pageOf(work, [], null), ends };
}

/**
 * Whether the index is as it was when the run began: while its files were read one by one, a video may have moved from
 * one that was still to come to one that had been shown.
 */
async function isStillSo({ state, ask, signal }: Work): Promise<boolean> {
  const [root] = state.files;
  if (root === undefined || !root.isIndex) return true;
  try {
    const { etag, lastModified } = root;
    const answer = await ask.get({
      url: root.url,
      known: { etag, lastModified },
      maxBytes: largestSitemapBytes,
      signal,
    });
    return answer.status === 304 || (await openSitemap(answer)).digest === root.digest;
  } catch (error) {
    if (error instanceof RushesError && error.code !== 'CANCELLED') return false;
    throw error;
  }
}

function pageOf(work: Work, assets: readonly SourceAsset[], total: number | null): SourcePage {
  return {
    assets,
    failures: work.failures.splice(0),
    cursor: JSON.stringify(work.state),
    total,
    ends: 'more',
  };
}

/** Known for a source of one file, and where all files have been read before and are all shown. */
function totalOf(state: SitemapCursor, file: SitemapFile, { text }: SitemapText): number | null {
  if (file.depth === 0) return text.match(/<(?:[\w.-]+:)?video[\s>]/gi)?.length ?? 0;
  const lists = state.files.filter(({ isIndex }) => !isIndex);
  const all = state.run?.whole === true && lists.every(({ digest }) => digest !== null);
  return all ? lists.reduce((sum, { videos }) => sum + videos, 0) : null;
}
