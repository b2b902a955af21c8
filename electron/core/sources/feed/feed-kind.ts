import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { evidenceOf, type Answer } from '../asker.ts';
import { decodeBody } from '../reading/bytes-to-text.ts';
import type { Look, SourceDescription, SourceKind } from '../source-model.ts';
import { readFeed, type FeedDocument } from './feed-document.ts';
import { createFeedSource, feedTypes } from './feed-source.ts';
import { isClip } from './item-asset.ts';
import { feedsOfPage } from './page-feeds.ts';

/** Feeds that are tried of one page. */
const mostTried = 6;

/** RSS of every version, Media RSS, podcasts, Atom and JSON Feed. */
export function createFeedKind(): SourceKind {
  return {
    kind: 'feed',
    needsAccount: false,
    takesKey: false,
    describe: async (look) => {
      if (look.folder !== null) return null;
      const answer = await look.answer();
      // What is embargoed does not matter to what it is.
      const reading = await readFeed(answer, 0);
      if (reading.kind === 'html') return describePage(look, answer);
      if (reading.kind === 'broken' && beginsAsFeed(decodeBody(answer))) {
        throw new RushesError('SOURCE_UNAVAILABLE', `A feed is here, and it cannot be read. ${reading.why}`, {
          detail: evidenceOf(answer),
        });
      }
      if (reading.kind !== 'feed') return null;
      return description(look, { feed: reading.feed, url: answer.movedTo ?? look.url.href, leads: false });
    },
    open: createFeedSource,
  };
}

/** The first feed of a page that has video or sound; a page whose feeds are of articles only is none of ours. */
async function describePage(look: Look, page: Answer): Promise<SourceDescription | null> {
  for (const url of feedsOfPage(decodeBody(page), page.url).slice(0, mostTried)) {
    const answer = await look.ask
      .get({ url, accept: feedTypes, signal: look.signal })
      .catch((error: unknown) => {
        if (error instanceof RushesError && error.code !== 'CANCELLED') return null;
        throw error;
      });
    const reading = answer && (await readFeed(answer, 0));
    if (reading?.kind !== 'feed' || !hasMedia(reading.feed)) continue;
    return description(look, { feed: reading.feed, url: answer?.movedTo ?? url, leads: true });
  }
  return null;
}

function beginsAsFeed(text: string): boolean {
  return /<(rss|feed|rdf:rdf)[\s>]|"https?:\/\/(www\.)?jsonfeed\.org\/version/i.test(text.slice(0, 4000));
}

function hasMedia({ assets }: FeedDocument): boolean {
  return assets.some(({ renditions }) => renditions.some(isClip));
}

function description(
  look: Look,
  { feed, url, leads }: { feed: FeedDocument; url: string; leads: boolean },
): SourceDescription {
  const plain = new URL(url);
  plain.hash = '';
  const what = sentenceOf(feed);
  return {
    name: feed.title ?? look.url.host,
    url: plain.href,
    instanceId: null,
    how: leads ? `The page leads on to ${what.charAt(0).toLowerCase()}${what.slice(1)}.` : `${what}.`,
  };
}

function sentenceOf(feed: FeedDocument): string {
  const { format, entries, assets, leftOut, next } = feed;
  const named = `${/^(RSS|Atom)/.test(format) ? 'An' : 'A'} ${format}`;
  if (entries === 0) return `${named} that lists nothing yet`;
  const video = assets.filter((asset) => asset.renditions.some(({ medium }) => medium === 'video')).length;
  const sound = assets.filter((asset) => asset.renditions.some(isClip)).length - video;
  const announced = assets.filter(({ status }) => status === 'expected').length;
  const parts = [
    video === 0 ? 'none of them with video' : `${video === entries ? 'all' : video} of them with video`,
    ...(sound === 0 ? [] : [`${sound} with sound alone`]),
    ...(announced === 0 ? [] : [`${announced} announced without a file yet`]),
    ...(leftOut === 0 ? [] : [`${leftOut} left out because ${leftOut === 1 ? 'it has' : 'they have'} none`]),
  ];
  const count = `${entries} ${entries === 1 ? 'entry' : 'entries'}`;
  return `${named} with ${count}${next === null ? '' : ' on its first page'}, ${parts.join(', ')}`;
}
