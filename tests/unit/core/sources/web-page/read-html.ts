import type { ItemFailure, SourceAsset } from '../../../../../electron/core/sources/source-model.ts';
import { openPage } from '../../../../../electron/core/sources/web-page/page-dom.ts';
import { readPage } from '../../../../../electron/core/sources/web-page/page-videos.ts';
import { toPageAssets } from '../../../../../electron/core/sources/web-page/video-asset.ts';

/** Where the pages of these tests lie. */
const address = 'https://news.example/en/video/convoy?utm_source=mail';

/** What a page tells of its videos. */
export function readHtml(html: string): { assets: SourceAsset[]; failures: ItemFailure[] } {
  return toPageAssets(readPage(openPage(html), { asked: address, answered: address }));
}

/** A page with this in JSON-LD. */
export function linked(...data: unknown[]): string {
  const scripts = data.map((thing) => `<script type="application/ld+json">${JSON.stringify(thing)}</script>`);
  return `<!doctype html><html lang="en-GB"><head><title>Convoy | News</title>${scripts.join('')}</head><body><p>Text</p></body></html>`;
}

/** The one video of a page. */
export function one(html: string): SourceAsset {
  const { assets } = readHtml(html);
  const [asset] = assets;
  if (!asset || assets.length > 1) throw new Error(`There are ${assets.length} videos.`);
  return asset;
}

/** As little as makes a video. */
export const video = {
  '@context': 'https://schema.org',
  '@type': 'VideoObject',
  name: 'Convoy crosses the river',
};
