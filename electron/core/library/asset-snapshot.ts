import * as z from 'zod';
import { rights } from '../../../shared/contract/catalogue.ts';
import { day, person } from '../../../shared/contract/values.ts';

/**
 * What a download keeps of its asset, so that the clip it becomes can be filled even when the catalogue is gone.
 */
export const assetSnapshot = z.object({
  title: z.string(),
  sourceName: z.string(),
  pageUrl: z.string().nullable(),
  day: day.nullable(),
  filmedFirstDay: day.nullable(),
  publishedDay: day.nullable(),
  rights,
  /** What was known of the item as a whole, for the notices to hold later tellings against; absent in older copies. */
  told: z.unknown().optional(),
  event: z
    .object({
      id: z.string(),
      externalId: z.string(),
      title: z.string(),
      firstDay: day.nullable(),
      lastDay: day.nullable(),
      place: z.string().nullable(),
      people: z.array(person),
      organisations: z.array(z.string()),
      summary: z.string().nullable(),
    })
    .nullable(),
});
export type AssetSnapshot = z.infer<typeof assetSnapshot>;
