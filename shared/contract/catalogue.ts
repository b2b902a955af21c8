import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { call } from './base.ts';
import {
  assetId,
  day,
  eventId,
  pageInput,
  person,
  renditionId,
  sourceId,
  timeMs,
  downloadId,
  clipId,
} from './values.ts';

/** Where an asset stands with its source: only `usable` ones can be downloaded. */
export const assetStatus = z.enum(['usable', 'expected', 'embargoed', 'withheld', 'withdrawn']);
export type AssetStatus = z.infer<typeof assetStatus>;
/** Which version of its story an asset is. */
export const versionKind = z.enum(['master', 'subtitled', 'b-roll']);
export type VersionKind = z.infer<typeof versionKind>;

/** What of an asset is already here. */
export const holding = z.object({
  state: z.enum(['none', 'downloading', 'held']),
  downloadId: downloadId.nullable(),
  clipId: clipId.nullable(),
});

/** An asset as a grid paints it. */
export const assetRow = z.object({
  id: assetId,
  sourceId,
  title: z.string(),
  day: day.nullable(),
  status: assetStatus,
  versionKind,
  place: z.string().nullable(),
  durationMs: z.number().int().nullable(),
  eventId: eventId.nullable(),
  eventTitle: z.string().nullable(),
  hasPicture: z.boolean(),
  holding,
});
export type AssetRow = z.infer<typeof assetRow>;

/** One downloadable file of an asset. Null is an honest "the source does not say". */
export const rendition = z.object({
  id: renditionId,
  role: z.string(),
  fileName: z.string(),
  container: z.string().nullable(),
  videoCodec: z.string().nullable(),
  audioCodec: z.string().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  /** Frames a second as a fraction, 30000/1001 for 29.97. */
  rateNum: z.number().int().nullable(),
  rateDen: z.number().int().nullable(),
  scan: z.enum(['progressive', 'interlaced']).nullable(),
  startTimecode: z.string().nullable(),
  bitrate: z.number().int().nullable(),
  sizeBytes: z.number().int().nullable(),
  durationMs: z.number().int().nullable(),
  language: z.string().nullable(),
  hash: z.object({ kind: z.enum(['sha256', 'md5', 'sha1']), value: z.string() }).nullable(),
});
export type Rendition = z.infer<typeof rendition>;

/** Rights as separate facts; `usageText` is the source's own wording. Unknown means restricted. */
export const rights = z.object({
  usageText: z.string().nullable(),
  creditLine: z.string().nullable(),
  editorialOnly: z.boolean().nullable(),
  thirdParty: z.string().nullable(),
  embargoUntilMs: timeMs.nullable(),
  expiresAtMs: timeMs.nullable(),
  territories: z.string().nullable(),
});
export type Rights = z.infer<typeof rights>;

/** The whole asset, its other versions and what of it is here. */
export const assetDetail = assetRow.extend({
  externalId: z.string(),
  sourceName: z.string(),
  pageUrl: z.string().nullable(),
  teaser: z.string().nullable(),
  synopsis: z.string().nullable(),
  shotlist: z.string().nullable(),
  transcript: z.string().nullable(),
  publishedAtMs: timeMs.nullable(),
  publishedDay: day.nullable(),
  filmedFirstDay: day.nullable(),
  filmedLastDay: day.nullable(),
  country: z.string().nullable(),
  people: z.array(person),
  organisations: z.array(z.string()),
  keywords: z.array(z.string()),
  language: z.string().nullable(),
  rights,
  renditions: z.array(rendition),
  versions: z.array(
    z.object({ id: assetId, versionKind, title: z.string(), language: z.string().nullable() }),
  ),
});
export type AssetDetail = z.infer<typeof assetDetail>;

/** What a sync did, counted in assets. */
export const syncSummary = z.object({
  source: sourceId,
  added: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  withdrawn: z.number().int(),
  failed: z.number().int(),
  requests: z.number().int(),
  ms: z.number().int(),
});
export type SyncSummary = z.infer<typeof syncSummary>;

/** A step of a running sync; the last one is `finished`. `total` is null until the source has told it. */
export const syncStep = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), done: z.number().int(), total: z.number().int().nullable() }),
  z.object({ kind: z.literal('finished'), summary: syncSummary }),
]);
export type SyncStep = z.infer<typeof syncStep>;

/** What a list of assets is narrowed by; days are inclusive. */
export const catalogueFilter = z.object({
  query: z.string().max(500).optional(),
  sourceId: sourceId.optional(),
  eventId: eventId.optional(),
  dayFrom: day.optional(),
  dayTo: day.optional(),
  versionKind: versionKind.optional(),
  status: assetStatus.optional(),
});

/** The calls of the synced catalogue. */
export const catalogue = {
  /** Newest first by keyset; `ms` is the time the query took in the core. */
  list: call.input(catalogueFilter.extend(pageInput.shape)).output(
    z.object({
      total: z.number().int(),
      items: z.array(assetRow),
      cursor: z.string().nullable(),
      ms: z.number(),
    }),
  ),
  get: call.input(z.object({ id: assetId })).output(assetDetail),
  /** Brings one source up to date. Closing the stream cancels; what was read is kept and goes on from there. */
  sync: call.input(z.object({ sourceId })).output(eventIterator(syncStep)),
};
