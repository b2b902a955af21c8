import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { sameAddress } from '../reading/addresses.ts';
import { oneLine } from '../reading/words.ts';
import type { Look, SourceDescription, SourceKind } from '../source-model.ts';
import { createPageSource, openAnswer } from './page-source.ts';
import type { PageVideos } from './page-videos.ts';
import { toPageAssets } from './video-asset.ts';

/** A page that tells of its videos by schema.org, in any of its syntaxes, or by Open Graph. */
export function createWebPageKind(): SourceKind {
  return { kind: 'web-page', needsAccount: false, takesKey: false, describe, open: createPageSource };
}

async function describe(look: Look): Promise<SourceDescription | null> {
  if (look.folder !== null) return null;
  const answer = await look.answer();
  // Pictures, films and data have no markup to look into.
  if (!/html|xml|text|^$/i.test(answer.contentType ?? '')) return null;
  const page = await readQuietly(openAnswer(answer, look.url.href));
  const assets = page === null ? [] : toPageAssets(page).assets;
  if (page === null || assets.length === 0) return null;
  const url = look.url.href.replace(/#.*$/, '');
  const withFile = assets.filter(({ renditions }) => renditions.length > 0).length;
  return {
    name: oneLine(page.title) ?? look.url.host.replace(/^www\./, ''),
    url,
    instanceId: sameAddress(page.pageUrl),
    how: wordsOf(page, assets.length, withFile),
  };
}

function wordsOf({ by, nextUrl }: PageVideos, count: number, withFile: number): string {
  const list = nextUrl === null ? 'A web page' : 'The first page of a list';
  const videos = count === 1 ? 'one video' : `${count} videos`;
  const files =
    count === 1 ? (withFile === 1 ? 'with a file' : 'without a file') : `${withFile} of them with a file`;
  return `${list} that describes ${videos} by ${by ?? 'Open Graph'}, ${files}.`;
}

/** What cannot be read as a page with videos is not of this kind. */
async function readQuietly(reading: Promise<PageVideos>): Promise<PageVideos | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof RushesError) return null;
    throw error;
  }
}
