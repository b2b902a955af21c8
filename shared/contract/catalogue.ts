import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { call } from './base.ts';
import {
  assetId,
  dateFact,
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
/** Which version of its story an asset is: the clean master, one with burnt-in subtitles, rushes; most sources do not say. */
export const versionKind = z.enum(['master', 'subtitled', 'b-roll', 'unknown']);
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
  medium: z.enum(['video', 'audio', 'captions', 'picture', 'document']),
  /** The source's own word: original, broadcast, preview. */
  role: z.string(),
  fileName: z.string(),
  /** What the source calls its type, word for word: sources are often wrong about it. */
  mediaType: z.string().nullable(),
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
  /** Exact, so that a download can be held against it. */
  sizeBytes: z.number().int().nullable(),
  /** A size that is rounded or not to be believed ("25 MB"): for the eye only. */
  aboutBytes: z.number().int().nullable(),
  durationMs: z.number().int().nullable(),
  language: z.string().nullable(),
  hash: z.object({ kind: z.enum(['sha256', 'md5', 'sha1']), value: z.string() }).nullable(),
});
export type Rendition = z.infer<typeof rendition>;

/**
 * Rights as separate facts; `usageText` is the source's own wording. Unknown means restricted. The facts that came
 * later have a default, for copies of rights lie in downloads and clips of before.
 */
export const rights = z.object({
  usageText: z.string().nullable(),
  creditLine: z.string().nullable(),
  copyright: z.string().nullable().default(null),
  /** The address of a licence the source names. */
  licenceUrl: z.string().nullable().default(null),
  editorialOnly: z.boolean().nullable(),
  /** The source's own words on material of others that must be cleared. */
  thirdParty: z.string().nullable(),
  embargoUntilMs: timeMs.nullable(),
  /** An embargo as written, when its end cannot be told: it then holds until the source says otherwise. */
  embargoText: z.string().nullable().default(null),
  expiresAtMs: timeMs.nullable(),
  territories: z.string().nullable(),
});
export type Rights = z.infer<typeof rights>;

/** The four dates of an asset. They differ, and none stands in for another. */
export const assetDates = z.object({
  filmed: dateFact.nullable(),
  /** The days of the happening itself, where they are told apart from the filming. */
  event: dateFact.nullable(),
  published: dateFact.nullable(),
  /** When the source last changed what it tells. */
  changed: dateFact.nullable(),
});
export type AssetDates = z.infer<typeof assetDates>;

/** What a source says beside a new version: that the item is not to be used, was corrected, or merely goes on. */
export const assetNotice = z.object({
  kind: z.enum(['kill', 'correction', 'update']),
  text: z.string().nullable(),
});
export type AssetNotice = z.infer<typeof assetNotice>;

/** The whole asset, its other versions and what of it is here. */
export const assetDetail = assetRow.extend({
  externalId: z.string(),
  sourceName: z.string(),
  /** The source's own version, and what it said with it. */
  version: z.string().nullable(),
  statusReason: z.string().nullable(),
  notice: assetNotice.nullable(),
  aliases: z.array(z.object({ scheme: z.string(), value: z.string() })),
  /** The same item as other sources carry it. */
  twins: z.array(z.object({ id: assetId, sourceId, sourceName: z.string(), title: z.string() })),
  dates: assetDates,
  pageUrl: z.string().nullable(),
  teaser: z.string().nullable(),
  synopsis: z.string().nullable(),
  shotlist: z.string().nullable(),
  transcript: z.string().nullable(),
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
  /** Told in an older version than is known, and left as it is. */
  stale: z.number().int(),
  withdrawn: z.number().int(),
  /** Items that could not be read; the first of them one by one. */
  failed: z.number().int(),
  failures: z.array(z.object({ where: z.string(), why: z.string() })),
  /** Why nothing was withdrawn, when so much was not shown that it is not believed yet. */
  doubt: z.string().nullable(),
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
  country: z.string().max(200).optional(),
  language: z.string().max(40).optional(),
  /** What of an asset is here: the board of what is new asks for `none`. */
  holding: z.enum(['none', 'here']).optional(),
  /** First seen by Rushes at this time or later. */
  addedSinceMs: timeMs.optional(),
});
export type CatalogueFilter = z.infer<typeof catalogueFilter>;

/** The order of a list: by day, newest first, or by how well it fits the words. */
export const catalogueOrder = z.enum(['newest', 'relevance']);
export type CatalogueOrder = z.infer<typeof catalogueOrder>;

/** What a found list is made of: how many of each value, the most frequent first. */
export const facets = z.object({
  total: z.number().int(),
  /** Whether all that fits was counted; else the counts are at least so high. */
  exact: z.boolean(),
  groups: z.array(
    z.object({
      field: z.enum(['source', 'status', 'version', 'month', 'event', 'country', 'language']),
      values: z.array(z.object({ value: z.string(), label: z.string(), count: z.number().int() })),
    }),
  ),
  ms: z.number(),
});
export type Facets = z.infer<typeof facets>;

/** Fields of which the catalogue can complete a value. */
export const suggestField = z.enum(['person', 'organisation', 'place', 'country', 'tag', 'event']);
export type SuggestField = z.infer<typeof suggestField>;

/** A value that begins as asked, with how many of the newest assets have it. */
export const suggestion = z.object({ value: z.string(), count: z.number().int() });
export type Suggestion = z.infer<typeof suggestion>;

/** The calls of the synced catalogue. */
export const catalogue = {
  /** Newest first by keyset; `ms` is the time the query took in the core. */
  list: call.input(catalogueFilter.extend({ order: catalogueOrder.optional(), ...pageInput.shape })).output(
    z.object({
      total: z.number().int(),
      /** Whether all that fits was counted; else there is at least so much. */
      exact: z.boolean(),
      order: catalogueOrder,
      items: z.array(assetRow),
      cursor: z.string().nullable(),
      ms: z.number(),
    }),
  ),
  facets: call.input(catalogueFilter).output(facets),
  /** Completes a value of a field from what the newest assets have, the most frequent first. */
  suggest: call
    .input(
      z.object({
        field: suggestField,
        /** What is typed of it; nothing asks for what is most frequent of late. */
        text: z.string().max(200),
        limit: z.number().int().min(1).max(20).default(10),
      }),
    )
    .output(z.object({ items: z.array(suggestion) })),
  get: call.input(z.object({ id: assetId })).output(assetDetail),
  /** Brings one source up to date. Closing the stream cancels; what was read is kept and goes on from there. */
  sync: call.input(z.object({ sourceId })).output(eventIterator(syncStep)),
};
