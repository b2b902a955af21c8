import * as z from 'zod';
import { call } from './base.ts';
import { day, pageInput, timeMs } from './values.ts';

/** One thing that was found, of whichever kind. */
export const hit = z.object({
  kind: z.enum(['asset', 'clip', 'event']),
  id: z.string(),
  title: z.string(),
  day: day.nullable(),
  /** Where it was found or what it is about, in a line. */
  detail: z.string().nullable(),
  /** The line of the shotlist or transcript that was hit, and its offset into the clip where it tells one. */
  line: z
    .object({ field: z.enum(['shotlist', 'transcript']), atMs: timeMs.nullable(), text: z.string() })
    .nullable(),
});
export type Hit = z.infer<typeof hit>;

/** One search over the three places. */
export const search = {
  find: call
    .input(
      z
        .object({
          query: z.string().max(500),
          in: z.enum(['catalogue', 'library', 'events', 'all']).default('all'),
        })
        .extend(pageInput.shape),
    )
    .output(
      z.object({
        total: z.number().int(),
        /** Whether all that fits was counted; else there is at least so much. */
        exact: z.boolean(),
        items: z.array(hit),
        cursor: z.string().nullable(),
        ms: z.number(),
      }),
    ),
};
