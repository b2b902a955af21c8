import type { Answer } from '../../../../../electron/core/sources/asker.ts';
import {
  readFeed,
  type FeedDocument,
  type FeedReading,
} from '../../../../../electron/core/sources/feed/feed-document.ts';
import type { SourceAsset } from '../../../../../electron/core/sources/source-model.ts';

/** Where the feeds of these tests stand, and when they are read. */
export const feedUrl = 'https://river.example/feeds/video.rss';
export const nowMs = Date.UTC(2025, 8, 20);

/** The answer of a server. */
export function anAnswer(body: string | Uint8Array, contentType: string | null = null): Answer {
  return {
    status: 200,
    url: feedUrl,
    movedTo: null,
    contentType,
    headers: {},
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    validators: { etag: null, lastModified: null },
  };
}

/** Reads whatever it is. */
export function reading(body: string | Uint8Array): Promise<FeedReading> {
  return readFeed(anAnswer(body), nowMs);
}

/** Reads what has to be a feed. */
export async function feedOf(body: string | Uint8Array): Promise<FeedDocument> {
  const found = await reading(body);
  if (found.kind !== 'feed') throw new Error(found.why);
  return found.feed;
}

/** The one asset of a feed with these items, the media namespace in the spelling that lacks its slash. */
export async function assetOf(items: string, channel = ''): Promise<SourceAsset> {
  const { assets, failures } = await feedOf(rss(items, channel));
  const [asset] = assets;
  if (!asset || assets.length > 1) throw new Error(`${assets.length} assets ${JSON.stringify(failures)}`);
  return asset;
}

/** An RSS feed with the namespaces that feeds of media use. */
export function rss(items: string, channel = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss" xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:georss="http://www.georss.org/georss"
  xmlns:cc="http://backend.userland.com/creativeCommonsRssModule">
<channel><title>River desk</title><link>https://river.example/</link>${channel}${items}</channel></rss>`;
}

/** An item with a file, and what else is said of it. */
export function item(inside: string): string {
  return `<item><guid isPermaLink="false">r-1</guid><title>Convoy</title><enclosure url="https://river.example/r-1.mp4" type="video/mp4" length="5000000"/>${inside}</item>`;
}
