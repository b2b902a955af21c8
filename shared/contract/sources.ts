import * as z from 'zod';
import { call } from './base.ts';
import { sourceId, timeMs } from './values.ts';

/** The kinds of catalogue that Rushes reads. */
export const sourceKind = z.enum([
  'account-portal',
  'feed',
  'web-page',
  'video-sitemap',
  'dvids',
  'ec-av-portal',
  'internet-archive',
  'agency-feed',
  'agency-folder',
]);
export type SourceKindName = z.infer<typeof sourceKind>;

/**
 * How a source is doing: `unavailable` does not answer, `changed` answers in another shape than it had, `key-needed`
 * refuses the key or wants one. What was read before stays usable in all of them.
 */
export const sourceState = z.enum(['never-synced', 'syncing', 'ok', 'unavailable', 'changed', 'key-needed']);
export type SourceState = z.infer<typeof sourceState>;

/** A configured catalogue and how it is doing. */
export const source = z.object({
  id: sourceId,
  kind: sourceKind,
  name: z.string(),
  url: z.string(),
  state: sourceState,
  /** Why the state is what it is, when it is not `ok`. */
  reason: z.string().nullable(),
  /** What came back, as far as it tells why: status, type, the first words. */
  evidence: z.string().nullable(),
  /** The last sync that read all it asked for. */
  lastSyncAtMs: timeMs.nullable(),
  lastTryAtMs: timeMs.nullable(),
  /** When it is read again by itself; null when only by hand. */
  nextSyncAtMs: timeMs.nullable(),
  /** Minutes between two syncs by themselves; null for by hand only. */
  everyMinutes: z.number().int().nullable(),
  /** Items of the last sync that could not be read. */
  failedItems: z.number().int(),
  assets: z.number().int(),
  needsAccount: z.boolean(),
  /** Whether the source has an own key to be given. */
  takesKey: z.boolean(),
  hasKey: z.boolean(),
  /** How its kind was found out, in a sentence. */
  how: z.string().nullable(),
});
export type Source = z.infer<typeof source>;

/** The calls of the configured catalogues. */
export const sources = {
  list: call.output(z.object({ sources: z.array(source) })),
  /** Adds a source, or updates the address of the one that is already known by its identity. */
  add: call
    .input(
      z.object({
        url: z.string().min(1).max(2000),
        kind: z.string().max(40).optional(),
        name: z.string().max(120).optional(),
        /** The user's own key, for a source that wants one. */
        key: z.string().max(400).optional(),
        insecureHttp: z.boolean().optional(),
        allowPrivate: z.boolean().optional(),
      }),
    )
    .output(source),
  /** Changes what is set; what is left out stays. A null key is forgotten. */
  update: call
    .input(
      z.object({
        id: sourceId,
        name: z.string().min(1).max(120).optional(),
        everyMinutes: z
          .number()
          .int()
          .min(1)
          .max(7 * 24 * 60)
          .nullable()
          .optional(),
        key: z.string().min(1).max(400).nullable().optional(),
      }),
    )
    .output(source),
  /** Forgets a source and its catalogue entries; downloads and clips stay. */
  remove: call.input(z.object({ id: sourceId })).output(z.object({})),
};
