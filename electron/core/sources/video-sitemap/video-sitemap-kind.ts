import { fileNameOf } from '../reading/addresses.ts';
import { plainLink } from '../reading/plain-link.ts';
import { readPicture } from '../reading/read-picture.ts';
import { isPlainAddress } from '../reading/signed-address.ts';
import type { CatalogueSource, SourceContext, SourceKind } from '../source-model.ts';
import { describeSitemap } from './describe-sitemap.ts';
import { findVideo } from './find-video.ts';
import { runSitemap } from './sitemap-run.ts';

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
      const { address: known } = rendition;
      const isPlain = known !== null && isPlainAddress(known);
      const address = isPlain ? known : await findVideo(rendition, { url: config.url, ask, signal });
      return plainLink(address, policy, { fileName: fileNameOf(address) });
    },
    readPicture: (url, signal) => readPicture(ask, { url }, signal),
  };
}
