import * as z from 'zod';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { cursorIn } from '../reading/cursor-text.ts';

/** Documents at the top of the list of which a print is kept. */
export const mostPrints = 300;

const memorySchema = z.object({
  /** A short print of each of the newest documents, by which a changed one is known. */
  prints: z.array(z.tuple([z.string(), z.string()])),
  total: z.number(),
  wholeAtMs: z.number(),
  validators: z.object({ etag: z.string().nullable(), lastModified: z.string().nullable() }).nullable(),
});

const stateSchema = z.discriminatedUnion('at', [
  z.object({ at: z.literal('rest'), memory: memorySchema }),
  z.object({
    at: z.literal('changes'),
    offset: z.number().int(),
    added: z.number().int(),
    /** As it was when the run began. */
    memory: memorySchema,
    /** As it will be when the run has ended. */
    next: memorySchema,
  }),
  z.object({
    at: z.literal('whole'),
    offset: z.number().int(),
    total: z.number().nullable(),
    /** Whether everything was shown so far. */
    complete: z.boolean(),
    next: memorySchema,
  }),
]);

/** What is remembered between two runs. */
export type EcMemory = z.infer<typeof memorySchema>;
/** Where a run stands. */
export type EcState = z.infer<typeof stateSchema>;

/** @throws RushesError CONFLICT for a text that is no such state: the run then begins anew. */
export function readEcState(cursor: string): EcState {
  const state = cursorIn(cursor, stateSchema);
  if (state !== null) return state;
  throw new RushesError('CONFLICT', 'The place where the last sync ended cannot be read any more.');
}
