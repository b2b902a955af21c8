import * as z from 'zod';
import { assetNotice, assetStatus, rights } from '../../../shared/contract/catalogue.ts';

/**
 * What the holders of an item were told of it last. Each later reading is held against this, and not against the
 * catalogue of before: that may have been begun anew meanwhile.
 */
export const told = z.object({
  status: assetStatus,
  statusReason: z.string().nullable(),
  version: z.string().nullable(),
  notice: assetNotice.nullable(),
  rights,
  texts: z.record(z.string(), z.string().nullable()),
  /** What is known of each file by the source's name for it: its hash where there is one, else its size. */
  files: z.record(z.string(), z.string().nullable()),
});
export type Told = z.infer<typeof told>;
