import {
  readAgencyDocument,
  type ReadDocument,
} from '../../../../../electron/core/sources/agency/agency-document.ts';
import type { AgencyDocument } from '../../../../../electron/core/sources/agency/read-context.ts';
import { webAddress } from '../../../../../electron/core/sources/reading/addresses.ts';
import type { SourceAsset } from '../../../../../electron/core/sources/source-model.ts';

/** The hour of these tests: noon of 5 March 2026, UTC. */
export const nowMs = Date.UTC(2026, 2, 5, 12);

/** Reads a text as a feed at `https://agency.example/feed` would. */
export function readText(text: string): Promise<ReadDocument> {
  return readAgencyDocument(text, {
    nowMs,
    address: (href) => webAddress(href, 'https://agency.example/feed'),
  });
}

/** Reads a document that is one. */
export async function documentOf(value: unknown): Promise<AgencyDocument> {
  const read = await readText(typeof value === 'string' ? value : JSON.stringify(value));
  if (read.document === null) throw new Error(read.why);
  return read.document;
}

/** The one asset of a document. */
export async function assetOf(value: unknown): Promise<SourceAsset> {
  const { assets } = await documentOf(value);
  const [asset] = assets;
  if (asset === undefined || assets.length > 1) throw new Error(`There are ${assets.length} assets.`);
  return asset;
}

/** A video item in ninjs with one file; a field that is set to undefined is left out. */
export function ninjs(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    uri: 'urn:newsml:agency.example:20260305:1',
    type: 'video',
    versioncreated: '2026-03-05T10:00:00Z',
    headline: 'Bridge reopens',
    renditions: { main: { href: 'https://files.example/bridge.mp4', mimetype: 'video/mp4' } },
    ...more,
  };
}

/** What a NewsML-G2 video item is made of, each with a plain default. */
export interface NewsMlParts {
  readonly attributes?: string;
  readonly itemMeta?: string;
  readonly contentMeta?: string;
  readonly rights?: string;
  readonly parts?: string;
  readonly content?: string;
  readonly itemClass?: string;
}

/** A video item in NewsML-G2. */
export function newsMl(more: NewsMlParts = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" ${more.attributes ?? 'guid="urn:newsml:agency.example:1" version="3"'} xml:lang="en">
  <rightsInfo>${more.rights ?? ''}</rightsInfo>
  <itemMeta><itemClass qcode="ninat:${more.itemClass ?? 'video'}"/>
    <versionCreated>2026-03-05T10:00:00Z</versionCreated>${more.itemMeta ?? ''}</itemMeta>
  <contentMeta>${more.contentMeta ?? '<headline>Bridge reopens</headline>'}</contentMeta>
  ${more.parts ?? ''}
  <contentSet>${more.content ?? '<remoteContent href="bridge.mp4" rendition="rnd:main" contenttype="video/mp4"/>'}</contentSet>
</newsItem>`;
}
