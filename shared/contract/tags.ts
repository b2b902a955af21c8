import * as z from 'zod';
import { call } from './base.ts';
import { label } from './library.ts';
import { clipId, day, eventId } from './values.ts';

/** What to change on clips. A field that is left out stays as it is; null clears it. */
export const tagChange = z.object({
  clipIds: z.array(clipId).min(1).max(10_000),
  eventId: eventId.nullable().optional(),
  day: day.nullable().optional(),
  add: z.array(z.string().trim().min(1).max(200)).max(100).optional(),
  remove: z.array(z.string().trim().min(1).max(200)).max(100).optional(),
  rating: z.number().int().min(0).max(5).optional(),
  label: label.nullable().optional(),
  note: z.string().max(10_000).optional(),
});
export type TagChange = z.infer<typeof tagChange>;

/** How many clips changed, and the id of the step that undoes it. */
export const changed = z.object({ changed: z.number().int(), undo: z.string().nullable() });

/** The calls that say what clips are of. */
export const tags = {
  list: call.output(z.object({ tags: z.array(z.object({ name: z.string(), clips: z.number().int() })) })),
  apply: call.input(tagChange).output(changed),
  undo: call.output(changed),
  redo: call.output(changed),
};
