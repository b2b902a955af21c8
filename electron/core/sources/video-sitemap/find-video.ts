import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { Asker } from '../asker.ts';
import type { RenditionRef } from '../source-model.ts';
import { mergeIndex } from './merge-index.ts';
import { readSitemap, SitemapFault } from './read-sitemap.ts';
import { toSitemapAssets } from './sitemap-asset.ts';
import { largestSitemapBytes, openSitemap } from './sitemap-body.ts';
import { readCursor } from './sitemap-cursor.ts';

/**
 * Looks through the files of a source for the present address of one rendition, as a source does that signs its addresses and tells them in
 * its lists alone.
 *
 * @throws RushesError NOT_FOUND when no file that could be read lists it; what the asker throws for the first file.
 */
export async function findVideo(
  wanted: RenditionRef,
  { url, ask, signal }: { url: string; ask: Asker; signal: AbortSignal },
): Promise<string> {
  const state = readCursor(null, url);
  for (;;) {
    const file = state.files.find(({ told }) => told === 'waits');
    if (file === undefined) break;
    file.told = 'shown';
    try {
      const { text, root } = await openSitemap(
        await ask.get({ url: file.url, maxBytes: largestSitemapBytes, signal }),
      );
      if (root === 'index') await mergeIndex(state, file, text);
      const found = root === 'list' ? await findInList(wanted, file.url, text) : null;
      if (found !== null) return found;
    } catch (error) {
      const ends = file.depth === 0 || (error instanceof RushesError && error.code === 'CANCELLED');
      const expected = error instanceof RushesError || error instanceof SitemapFault;
      if (ends || !expected) throw error;
    }
  }
  throw new RushesError('NOT_FOUND', 'The sitemap does not list this file any more.');
}

async function findInList(wanted: RenditionRef, fileUrl: string, text: string): Promise<string | null> {
  const seen = { pages: new Set<string>(), videos: new Set<string>(), names: new Set<string>() };
  for await (const entries of readSitemap(text)) {
    for (const entry of entries) {
      for (const { renditions } of toSitemapAssets(entry, fileUrl, seen).assets) {
        const found = renditions.find(({ externalId }) => externalId === wanted.externalId);
        if (found) return found.address;
      }
    }
  }
  return null;
}
