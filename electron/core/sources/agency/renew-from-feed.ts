import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { RenditionLink } from '../../downloads/rendition-link.ts';
import { plainLink } from '../reading/plain-link.ts';
import { isSigned } from '../reading/signed-address.ts';
import type { RenditionRef, SourceAsset, SourceContext } from '../source-model.ts';
import { headersFor, type FeedAnswer } from './ask-page.ts';

/** Pages that are looked through for one rendition. */
const mostPages = 20;

/**
 * A fresh address of a rendition: the one that is known where that is plain, else the one the feed has now.
 *
 * @throws RushesError NOT_FOUND, WITHDRAWN, NOT_RELEASED and those of the feed.
 */
export async function renewFromFeed(
  rendition: RenditionRef,
  feed: { context: SourceContext; readPage: (url: string) => Promise<FeedAnswer> },
): Promise<RenditionLink> {
  const { context } = feed;
  if (rendition.address !== null && !isSigned(rendition.address)) return linkTo(rendition.address, context);
  let url: string | null = context.config.url;
  for (let pages = 0; url !== null && pages < mostPages; pages++) {
    const { document, mark }: FeedAnswer = await feed.readPage(url);
    const asset = document?.assets.find(({ externalId, renditions }) =>
      rendition.assetExternalId === null
        ? renditions.some((one) => one.externalId === rendition.externalId)
        : externalId === rendition.assetExternalId,
    );
    if (asset !== undefined) return linkTo(addressIn(asset, rendition), context);
    url = mark.next === url ? null : mark.next;
  }
  // Behind the window of the feed: the address as it was is all there is, and may still work.
  if (rendition.address !== null) return linkTo(rendition.address, context);
  throw new RushesError('NOT_FOUND', 'The feed no longer lists this file.');
}

function addressIn(asset: SourceAsset, rendition: RenditionRef): string {
  if (asset.status === 'withdrawn') throw new RushesError('WITHDRAWN', 'The agency has withdrawn this item.');
  if (asset.status === 'withheld' || asset.status === 'embargoed') {
    throw new RushesError('NOT_RELEASED', 'The agency has not released this item.');
  }
  const found = asset.renditions.find((one) => one.externalId === rendition.externalId);
  if (found?.address == null) throw new RushesError('NOT_FOUND', 'The item no longer has this file.');
  return found.address;
}

async function linkTo(address: string, context: SourceContext): Promise<RenditionLink> {
  return plainLink(address, context.policy, { headers: await headersFor(context, address) });
}
