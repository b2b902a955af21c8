import { createAccountPortalKind } from './account-portal/portal-kind.ts';
import { createAgencyFeedKind } from './agency/agency-feed-kind.ts';
import { createAgencyFolderKind } from './agency/agency-folder-kind.ts';
import { createDvidsKind } from './dvids/dvids-kind.ts';
import { createEcAvKind } from './ec-av-portal/ec-av-kind.ts';
import { createFeedKind } from './feed/feed-kind.ts';
import { createInternetArchiveKind } from './internet-archive/internet-archive-kind.ts';
import type { SourceKind } from './source-model.ts';
import { createVideoSitemapKind } from './video-sitemap/video-sitemap-kind.ts';
import { createWebPageKind } from './web-page/web-page-kind.ts';

/**
 * Every kind of source, in the order in which an address is shown to them: first those that know it by its look or by
 * asking beside it, then those that read what answers, the most particular first.
 */
export function createSourceKinds(): readonly SourceKind[] {
  return [
    createAgencyFolderKind(),
    createDvidsKind(),
    createEcAvKind(),
    createInternetArchiveKind(),
    createAccountPortalKind(),
    createAgencyFeedKind(),
    createFeedKind(),
    createVideoSitemapKind(),
    createWebPageKind(),
  ];
}
