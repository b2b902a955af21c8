import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { sameAddress, webAddress } from '../reading/addresses.ts';
import { aFile, type SitemapCursor, type SitemapFile } from './sitemap-cursor.ts';
import { readSitemap } from './read-sitemap.ts';

/** An index in an index is as deep as it goes. */
const mostDepth = 2;
/** Files that one source is made of at most. */
const mostFiles = 2000;

/**
 * Takes over what an index lists: files it knows keep what is remembered of them, those it no longer lists are
 * forgotten with all below them, new ones wait.
 *
 * @returns whether the set of files has changed
 * @throws RushesError SOURCE_CHANGED for an index that lies too deep or is too long; SitemapFault
 */
export async function mergeIndex(state: SitemapCursor, index: SitemapFile, text: string): Promise<boolean> {
  if (index.depth >= mostDepth) {
    throw new RushesError('SOURCE_CHANGED', 'An index of an index of an index is not read.');
  }
  const known = new Map(state.files.map((one) => [sameAddress(one.url), one]));
  const listed = new Map<string, SitemapFile>();
  for await (const entries of readSitemap(text)) {
    for (const { kind, loc, lastmod } of entries) {
      const url = kind === 'file' ? webAddress(loc, index.url) : null;
      if (url === null) continue;
      const key = sameAddress(url);
      const before = known.get(key);
      // A file that another index lists too, the index itself above all, is read once.
      if (before !== undefined && before.parent !== index.url) continue;
      const now = before ?? aFile(url, { parent: index.url, depth: index.depth + 1 });
      listed.set(key, Object.assign(now, { url, listed: lastmod === '' ? null : lastmod }));
    }
  }
  const before = childrenOf(state, index);
  const gone = new Set(before.filter((one) => !listed.has(sameAddress(one.url))).map(({ url }) => url));
  const kept = state.files.filter(
    (one) => one.parent !== index.url && !(one.parent !== null && gone.has(one.parent)),
  );
  if (kept.length + listed.size > mostFiles) {
    throw new RushesError('SOURCE_CHANGED', `The index lists more than ${mostFiles} files.`);
  }
  state.files = kept.flatMap((one) => (one === index ? [index, ...withGrandchildren(kept, listed)] : [one]));
  state.files = [...new Set(state.files)];
  return gone.size > 0 || listed.size > before.length;
}

function childrenOf(state: SitemapCursor, index: SitemapFile): SitemapFile[] {
  return state.files.filter((one) => one.parent === index.url);
}

/** Each file with those that it lists itself behind it, in the order of the index. */
function withGrandchildren(
  kept: readonly SitemapFile[],
  listed: ReadonlyMap<string, SitemapFile>,
): SitemapFile[] {
  return [...listed.values()].flatMap((one) => [one, ...kept.filter(({ parent }) => parent === one.url)]);
}
