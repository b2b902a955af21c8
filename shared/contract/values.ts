import * as z from 'zod';
import { isDay } from '../domain/calendar-day.ts';

/** Ids are opaque text to both sides; the brands keep one kind from being passed for another. */
export const sourceId = z.string().min(1).max(64).brand<'SourceId'>();
export const assetId = z.string().min(1).max(64).brand<'AssetId'>();
export const renditionId = z.string().min(1).max(64).brand<'RenditionId'>();
export const downloadId = z.string().min(1).max(64).brand<'DownloadId'>();
export const clipId = z.string().min(1).max(64).brand<'ClipId'>();
export const eventId = z.string().min(1).max(64).brand<'EventId'>();
export const rootId = z.string().min(1).max(64).brand<'RootId'>();

export type SourceId = z.infer<typeof sourceId>;
export type AssetId = z.infer<typeof assetId>;
export type RenditionId = z.infer<typeof renditionId>;
export type DownloadId = z.infer<typeof downloadId>;
export type ClipId = z.infer<typeof clipId>;
export type EventId = z.infer<typeof eventId>;
export type RootId = z.infer<typeof rootId>;

/** A calendar day as `YYYY-MM-DD` text. It never passes through a Date, so no time zone can shift it. */
export const day = z.string().refine(isDay, 'Not a calendar day in the form YYYY-MM-DD');

/** A point in time in UTC milliseconds since 1970. */
export const timeMs = z.number().int();

/**
 * A date as a source tells it. A moment knows its day by the source's own clock; a month or a year is the days it
 * spans; a range of days is one date. `text` is what the source wrote.
 */
export const dateFact = z.object({
  precision: z.enum(['moment', 'day', 'month', 'year']),
  firstDay: day,
  lastDay: day,
  /** UTC milliseconds of a moment, null of anything coarser. */
  atMs: timeMs.nullable(),
  text: z.string(),
});
export type DateFact = z.infer<typeof dateFact>;

/** A person with the role the source gives, if any. */
export const person = z.object({ name: z.string(), role: z.string().optional() });
export type Person = z.infer<typeof person>;

/** Paging by an opaque cursor; `limit` rows at most. */
export const pageInput = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(500).default(100),
});

/** Why a value was filled: the rule that did it, the text it read, and how sure it is from 0 to 1. */
export const evidence = z.object({
  field: z.string(),
  value: z.string(),
  rule: z.string(),
  sourceText: z.string(),
  confidence: z.number().min(0).max(1),
});
export type Evidence = z.infer<typeof evidence>;
