import * as z from 'zod';
import { call } from './base.ts';
import { catalogueFilter } from './catalogue.ts';
import { assetId, day, timeMs } from './values.ts';

/** A search of the catalogue that is kept under a name. */
export const savedSearch = z.object({
  id: z.string(),
  name: z.string(),
  filter: catalogueFilter,
  /** How many assets it finds now, and how many of them came since it was last looked at. */
  total: z.number().int(),
  fresh: z.number().int(),
  /** Whether a rule downloads what it finds. */
  hasRule: z.boolean(),
});
export type SavedSearch = z.infer<typeof savedSearch>;

/** What a rule is to do with what a saved search finds. Limits hold for any 24 hours. */
export const ruleWish = z.object({
  searchId: z.string().max(64),
  rendition: z.enum(['best', 'smallest']),
  /** Null for the folder that downloads go to anyway. */
  dir: z.string().min(1).max(4096).nullable(),
  /** Only what is of this day or later; null for all. */
  fromDay: day.nullable(),
  mostFiles: z.number().int().min(1).max(100_000).nullable(),
  mostBytes: z.number().int().min(1).nullable(),
  /** What was here once and was deleted, or cancelled, is not fetched again. */
  keepOut: z.boolean(),
});
export type RuleWish = z.infer<typeof ruleWish>;

/** A rule and how it is doing. */
export const rule = ruleWish.extend({
  id: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  lastRunAtMs: timeMs.nullable(),
  /** Why it takes nothing more for now, or could not run; null when nothing needs saying. */
  reason: z.string().nullable(),
  takenFiles: z.number().int(),
  takenBytes: z.number().int(),
});
export type Rule = z.infer<typeof rule>;

/** What a rule would take if it ran now. */
export const rulePreview = z.object({
  files: z.number().int(),
  /** Of those whose size is known, if only roughly. */
  bytes: z.number().int(),
  unknownSizes: z.number().int(),
  /** What would wait for another day because of the limits. */
  beyondLimit: z.number().int(),
  /** What is left alone, by reason. */
  here: z.number().int(),
  deleted: z.number().int(),
  notReleased: z.number().int(),
  tooOld: z.number().int(),
  noFile: z.number().int(),
  /** Whether more was found than a run looks through. */
  more: z.boolean(),
  /** The first of them. */
  items: z.array(
    z.object({
      assetId,
      title: z.string(),
      day: day.nullable(),
      fileName: z.string(),
      sizeBytes: z.number().int().nullable(),
    }),
  ),
});
export type RulePreview = z.infer<typeof rulePreview>;

const searchId = z.object({ id: z.string().max(64) });

/** Searches that are kept. */
export const savedSearches = {
  list: call.output(z.object({ searches: z.array(savedSearch) })),
  /** With an id, changes that one; else makes a new one at the end. */
  save: call
    .input(
      z.object({
        id: z.string().max(64).optional(),
        name: z.string().trim().min(1).max(120),
        filter: catalogueFilter,
      }),
    )
    .output(savedSearch),
  /** What it finds now has been looked at. */
  seen: call.input(searchId).output(z.object({})),
  /** Its rule goes with it; what was downloaded stays. */
  remove: call.input(searchId).output(z.object({})),
};

/** Searches that download by themselves. */
export const rules = {
  list: call.output(z.object({ rules: z.array(rule) })),
  /** What it would take, before it is switched on. */
  preview: call.input(ruleWish).output(rulePreview),
  /** One rule a saved search: saving it again changes it. */
  save: call.input(ruleWish.extend({ enabled: z.boolean() })).output(rule),
  /** Has every rule that is on look now, without waiting for its time. */
  run: call.output(z.object({ rules: z.array(rule) })),
  remove: call.input(searchId).output(z.object({})),
};
