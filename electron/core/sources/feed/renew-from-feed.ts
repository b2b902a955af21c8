import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { RenditionLink } from '../../downloads/rendition-link.ts';
import type { RenditionRef, SourceContext, SourceRendition } from '../source-model.ts';
import { plainLink } from '../reading/plain-link.ts';
import { isSigned } from '../reading/signed-address.ts';
import { readKnownFeed, type FeedDocument } from './feed-document.ts';

/** Pages that are looked through for one file. */
const mostPages = 10;

/**
 * A fresh address of a file: the one that is known where that is plain, else the one the feed has for it now.
 *
 * @throws RushesError NOT_FOUND, WITHDRAWN, NOT_RELEASED and those of the feed.
 */
export async function renewFromFeed(
  rendition: RenditionRef,
  { context, signal }: { context: SourceContext; signal: AbortSignal },
): Promise<RenditionLink> {
  if (rendition.address !== null && !isSigned(rendition.address))
    return plainLink(rendition.address, context.policy);
  let url: string | null = context.config.url;
  for (let pages = 0; url !== null && pages < mostPages; pages++) {
    const feed: FeedDocument = await readKnownFeed(await context.ask.get({ url, signal }), context.now());
    const found = fileIn(feed, rendition);
    const address = found && (found.address ?? feed.signed.get(found.externalId));
    if (found && address) return plainLink(address, context.policy, factsOf(found));
    url = feed.next;
  }
  // It has fallen out of the window: the address as it was is all there is, and may still work.
  if (rendition.address !== null) return plainLink(rendition.address, context.policy);
  throw new RushesError('NOT_FOUND', 'The feed no longer lists this file.');
}

/** The file among the entries of a page; null when its entry is not there. */
function fileIn(feed: FeedDocument, { externalId, assetExternalId }: RenditionRef): SourceRendition | null {
  const asset = feed.assets.find(
    (one) =>
      one.externalId === assetExternalId ||
      (assetExternalId === null && one.renditions.some((file) => file.externalId === externalId)),
  );
  if (asset === undefined) return null;
  if (asset.status === 'withdrawn')
    throw new RushesError('WITHDRAWN', 'The feed says that this item was deleted.');
  if (asset.status === 'withheld' || asset.status === 'embargoed') {
    throw new RushesError('NOT_RELEASED', 'This item is not released yet.');
  }
  const file = asset.renditions.find((one) => one.externalId === externalId);
  if (file === undefined) throw new RushesError('NOT_FOUND', 'The item no longer has this file.');
  return file;
}

function factsOf({
  sizeBytes,
  hash,
  fileName,
}: SourceRendition): Pick<RenditionLink, 'sizeBytes' | 'hash' | 'fileName'> {
  return { sizeBytes, hash, fileName };
}
