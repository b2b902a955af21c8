import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { evidenceOf, type Answer } from '../asker.ts';
import { isObject, tooMuchJson } from '../reading/read-json.ts';
import { sameAddress, webAddress } from '../reading/addresses.ts';
import { decodeBody, looksLikeHtml } from '../reading/bytes-to-text.ts';
import { oneLine } from '../reading/words.ts';
import { XmlFault } from '../reading/xml-slices.ts';
import type { ItemFailure, SourceAsset } from '../source-model.ts';
import { collectItems } from './collect-items.ts';
import type { ItemFacts } from './item-facts.ts';
import { asJsonFeed, readJsonItem } from './json-feed.ts';
import { readXmlFeed } from './xml-feed.ts';
import { readXml } from './xml-tree.ts';

/** A feed as it was read, of one page or of all. */
export interface FeedDocument {
  /** "Media RSS feed", "JSON Feed". */
  readonly format: string;
  readonly title: string | null;
  /** All entries, those that are left out too. */
  readonly entries: number;
  readonly assets: readonly SourceAsset[];
  readonly failures: readonly ItemFailure[];
  /** Entries without video, sound or the promise of one: they are articles. */
  readonly leftOut: number;
  /** Addresses that are signed, by the names of their files. */
  readonly signed: ReadonlyMap<string, string>;
  /** Where the older entries are. */
  readonly next: string | null;
  /** It says that it lists all there is (RFC 5005), not only what is new. */
  readonly isComplete: boolean;
}

/** A feed before its entries are made into assets. */
export interface RawFeed {
  readonly format: string;
  readonly title: string | null;
  readonly home: string | null;
  readonly next: string | null;
  readonly isComplete: boolean;
  readonly items: readonly (() => ItemFacts | null)[];
  /** Entries that were taken back (RFC 6721). */
  readonly removed: readonly SourceAsset[];
}

/** What an answer is: a feed, or why not. */
export type FeedReading =
  | { readonly kind: 'feed'; readonly feed: FeedDocument }
  | { readonly kind: 'empty' | 'html' | 'error' | 'broken' | 'other'; readonly why: string };

/** Reads an answer as a feed of any format. Times are judged by `nowMs`. */
export async function readFeed(answer: Answer, nowMs: number): Promise<FeedReading> {
  const text = decodeBody(answer)
    .replace(/^\uFEFF/, '')
    .trim();
  if (text === '') return { kind: 'empty', why: 'It answered with nothing.' };
  if (looksLikeHtml(text)) return { kind: 'html', why: 'It answered with a web page.' };
  if (/^[[{]/.test(text)) return await readJson(text, answer.url, nowMs);
  try {
    const raw = readXmlFeed(await readXml(text, answer.url));
    if (raw === null) return { kind: 'other', why: 'It answered with XML that is no feed.' };
    return { kind: 'feed', feed: await finished(raw, answer.url, nowMs) };
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    return { kind: 'broken', why: `Its XML is cut off or broken (${error.message.replace(/\.$/, '')}).` };
  }
}

/** The same of a feed that has been one: anything else is an error. @throws RushesError SOURCE_UNAVAILABLE, SOURCE_CHANGED. */
export async function readKnownFeed(answer: Answer, nowMs: number): Promise<FeedDocument> {
  const reading = await readFeed(answer, nowMs);
  if (reading.kind === 'feed') return reading.feed;
  const code = reading.kind === 'empty' || reading.kind === 'error' ? 'SOURCE_UNAVAILABLE' : 'SOURCE_CHANGED';
  throw new RushesError(code, `The feed could not be read. ${reading.why}`, { detail: evidenceOf(answer) });
}

async function readJson(text: string, url: string, nowMs: number): Promise<FeedReading> {
  const tooMuch = tooMuchJson(text);
  if (tooMuch !== null) return { kind: 'broken', why: tooMuch };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'broken', why: 'Its JSON is cut off or broken.' };
  }
  const feed = asJsonFeed(value);
  if (feed === null) {
    const isError = isObject(value) && ('errors' in value || 'error' in value);
    return isError
      ? { kind: 'error', why: 'It answered with an error.' }
      : { kind: 'other', why: 'It answered with JSON that is no feed.' };
  }
  const raw: RawFeed = {
    format: 'JSON Feed',
    title: oneLine(feed['title']),
    home: webAddress(feed['home_page_url'], url),
    next: webAddress(feed['next_url'], url),
    isComplete: false,
    items: (feed['items'] as unknown[]).map(
      (item, at) => () => readJsonItem(item, { feed, base: url, where: `item ${at + 1}` }),
    ),
    removed: [],
  };
  return { kind: 'feed', feed: await finished(raw, url, nowMs) };
}

async function finished(raw: RawFeed, url: string, nowMs: number): Promise<FeedDocument> {
  const { assets, failures, leftOut, signed } = await collectItems(raw, { url, nowMs });
  // A list whose last page leads to itself ends there.
  const next = raw.next !== null && sameAddress(raw.next) === sameAddress(url) ? null : raw.next;
  return {
    format: raw.format,
    title: raw.title,
    entries: raw.items.length,
    assets,
    failures,
    leftOut,
    signed,
    next,
    isComplete: raw.isComplete,
  };
}
