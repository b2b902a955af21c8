import { z } from 'zod';
import { assetSchema, portalEventSchema } from './asset.ts';

/** Assets on a page when the client does not say. */
export const defaultPageSize = 50;
/** The most assets on one page. */
export const largestPageSize = 100;

/**
 * Query of `GET /api/v1/assets`.
 *
 * `cursor` walks on within one listing; `changedSince` takes the `changeCursor` of an earlier, finished listing and
 * answers only what changed after it, withdrawn assets included.
 */
export const assetListQuerySchema = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(largestPageSize).optional(),
  changedSince: z.string().max(200).optional(),
});

/**
 * One page of assets.
 *
 * `changeCursor` is fixed when a listing begins and stays the same on all its pages: whatever changes while the pages
 * are walked is told by the next `changedSince`. Keep it only once `nextCursor` is null.
 */
export const assetPageSchema = z
  .object({
    items: z.array(assetSchema),
    nextCursor: z.string().nullable(),
    changeCursor: z.string(),
    /** Assets this listing holds in all, over every page. */
    total: z.number().int().nonnegative(),
    nowMs: z.number().int(),
  })
  .meta({ id: 'AssetPage' });
/** Parsed form of {@link assetPageSchema}. */
export type AssetPage = z.infer<typeof assetPageSchema>;

/** Answer of `GET /api/v1/events`. */
export const eventListSchema = z.object({ items: z.array(portalEventSchema) }).meta({ id: 'EventList' });
/** Parsed form of {@link eventListSchema}. */
export type EventList = z.infer<typeof eventListSchema>;
