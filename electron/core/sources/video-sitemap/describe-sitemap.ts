import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { Answer } from '../asker.ts';
import { decodeBody, looksLikeHtml } from '../reading/bytes-to-text.ts';
import { sameAddress, webAddress } from '../reading/addresses.ts';
import type { Look, SourceDescription } from '../source-model.ts';
import { readSitemap, SitemapFault } from './read-sitemap.ts';
import { largestSitemapBytes, openSitemap, type SitemapText } from './sitemap-body.ts';

/** Sitemaps of a site that are tried, and files of an index that are looked into. */
const mostCandidates = 4;
const mostLooks = 3;

/** What a look into a sitemap has found. */
interface Found {
  readonly files: number;
  readonly videos: number;
  readonly withFile: number;
  /** How many files of an index were looked into. */
  readonly looked: number;
  readonly knowsVideos: boolean;
}

/** Recognises a video sitemap or an index of some at the address itself, and at a bare site the one it names. */
export async function describeSitemap(look: Look): Promise<SourceDescription | null> {
  if (look.folder !== null) return null;
  const answer = await look.answer();
  const opened = await openQuietly(answer);
  if (opened !== null) return describeAt(look, look.url.href, opened);
  const isBare = look.url.pathname === '/' && look.url.search === '';
  if (!isBare || !looksLikeHtml(decodeBody(answer))) return null;
  for (const url of await namedSitemaps(look)) {
    const candidate = await askQuietly(look, url);
    const found = candidate === null ? null : await describeAt(look, url, candidate);
    if (found !== null) return found;
  }
  return null;
}

async function describeAt(look: Look, url: string, opened: SitemapText): Promise<SourceDescription | null> {
  const found = opened.root === 'list' ? await countList(opened) : await countIndex(look, url, opened);
  if (found.videos === 0 && !found.knowsVideos) return null;
  return {
    name: new URL(url).host.replace(/^www\./, ''),
    url,
    instanceId: sameAddress(url),
    how: wordsOf(found, opened.root),
  };
}

function wordsOf({ files, videos, withFile, looked }: Found, root: 'index' | 'list'): string {
  const counted =
    videos === 1
      ? `1 video, ${withFile === 1 ? 'with' : 'without'} a file`
      : `${videos} videos, ${withFile} of them with a file`;
  if (root === 'list') {
    return videos === 0 ? 'A video sitemap that lists nothing yet.' : `A video sitemap with ${counted}.`;
  }
  const index = `A sitemap index of ${files} ${files === 1 ? 'file' : 'files'}`;
  if (videos === 0) return `${index} for videos; those looked into list none yet.`;
  const some = looked === 1 ? 'the 1 looked into lists' : `the ${looked} looked into list`;
  return looked < files ? `${index}; ${some} ${counted}.` : `${index} with ${counted}.`;
}

async function countList({ text, knowsVideos }: SitemapText): Promise<Found> {
  let videos = 0;
  let withFile = 0;
  for await (const entries of readSitemap(text)) {
    for (const tags of entries.flatMap((entry) => entry.videos)) {
      videos++;
      if (tags.has('content_loc')) withFile++;
    }
  }
  return { files: 1, videos, withFile, looked: 1, knowsVideos };
}

/** Looks into a few files of an index, those first that are called after videos. */
async function countIndex(look: Look, url: string, { text }: SitemapText): Promise<Found> {
  const files: string[] = [];
  for await (const entries of readSitemap(text)) {
    for (const { kind, loc } of entries) {
      const address = kind === 'file' ? webAddress(loc, url) : null;
      if (address !== null) files.push(address);
    }
  }
  const sum = { files: files.length, videos: 0, withFile: 0, looked: 0, knowsVideos: false };
  for (const file of videosFirst(files).slice(0, mostLooks)) {
    const opened = await askQuietly(look, file);
    if (opened === null) continue;
    sum.looked++;
    const list = await countList(opened);
    // An index in the index is one for videos when it is called so.
    sum.knowsVideos ||= list.knowsVideos || (opened.root === 'index' && isCalledVideo(file));
    sum.videos += list.videos;
    sum.withFile += list.withFile;
  }
  return sum;
}

/** What robots.txt names, and the customary place. */
async function namedSitemaps(look: Look): Promise<string[]> {
  const robots = await ask(look, new URL('/robots.txt', look.url).href);
  const text = robots === null ? '' : decodeBody(robots);
  const named = [...text.matchAll(/^[ \t]*sitemap[ \t]*:[ \t]*(\S+)/gim)].flatMap(
    ([, address]) => webAddress(address, look.url.href) ?? [],
  );
  const customary = new URL('/sitemap.xml', look.url).href;
  return [...new Set([...videosFirst(named), customary])].slice(0, mostCandidates);
}

function videosFirst(addresses: readonly string[]): string[] {
  return [...addresses.filter(isCalledVideo), ...addresses.filter((address) => !isCalledVideo(address))];
}

function isCalledVideo(address: string): boolean {
  return /video|footage|multimedia|clips/i.test(new URL(address).pathname);
}

async function askQuietly(look: Look, url: string): Promise<SitemapText | null> {
  const answer = await ask(look, url);
  return answer === null ? null : openQuietly(answer);
}

/** What is not there or will not answer is no sitemap to be found at a site; being cancelled is another matter. */
async function ask({ ask: asker, signal }: Look, url: string): Promise<Answer | null> {
  try {
    return await asker.get({ url, maxBytes: largestSitemapBytes, signal });
  } catch (error) {
    if (error instanceof RushesError && error.code !== 'CANCELLED') return null;
    throw error;
  }
}

async function openQuietly(answer: Answer): Promise<SitemapText | null> {
  try {
    const opened = await openSitemap(answer);
    // A first half that does not close is no sitemap.
    await countList(opened);
    return opened;
  } catch (error) {
    if (error instanceof RushesError || error instanceof SitemapFault) return null;
    throw error;
  }
}
