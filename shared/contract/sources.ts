import * as z from 'zod';
import { call } from './base.ts';
import { sourceId, timeMs } from './values.ts';

/** A configured catalogue and how it is doing. */
export const source = z.object({
  id: sourceId,
  kind: z.enum(['account-portal']),
  name: z.string(),
  url: z.string(),
  state: z.enum(['never-synced', 'syncing', 'ok', 'unavailable']),
  /** Why the state is what it is, when it is not `ok`. */
  reason: z.string().nullable(),
  lastSyncAtMs: timeMs.nullable(),
  assets: z.number().int(),
  needsAccount: z.boolean(),
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
        insecureHttp: z.boolean().optional(),
        allowPrivate: z.boolean().optional(),
      }),
    )
    .output(source),
  /** Forgets a source and its catalogue entries; downloads and clips stay. */
  remove: call.input(z.object({ id: sourceId })).output(z.object({})),
};
