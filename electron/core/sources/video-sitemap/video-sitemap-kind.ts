import type { CatalogueSource, SourceContext, SourceKind } from '../source-model.ts';
import { isPlainAddress, plainLink } from '../web-page/plain-address.ts';
import { describeSitemap } from './describe-sitemap.ts';
import { findVideo } from './find-video.ts';
import { runSitemap } from './sitemap-run.ts';

/** The largest picture that is fetched, in bytes. */
const largestPictureBytes = 8 * 1024 * 1024;

/** Sitemaps with the elements of videos, alone or listed by an index, packed or not. */
export function createVideoSitemapKind(): SourceKind {
  return {
    kind: 'video-sitemap',
    needsAccount: false,
    takesKey: false,
    describe: describeSitemap,
    open: openSource,
  };
}

function openSource({ config, ask, policy, now }: SourceContext): CatalogueSource {
  return {
    changedSince: (cursor, signal) => runSitemap({ cursor, url: config.url, ask, signal, now }),
    renew: async (rendition, signal) => {
      const { address } = rendition;
      if (address !== null && isPlainAddress(address)) return plainLink(address, policy);
      return plainLink(await findVideo(rendition, { url: config.url, ask, signal }), policy);
    },
    readPicture: async (url, signal) => (await ask.get({ url, maxBytes: largestPictureBytes, signal })).body,
  };
}
