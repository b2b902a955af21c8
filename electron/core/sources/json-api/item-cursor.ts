import * as z from 'zod';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { cursorIn } from '../reading/cursor-text.ts';
import { packIds, unpackIds } from './id-set.ts';

/** Ids that are remembered; a larger source is no longer compared with what it listed before. */
const mostKnown = 20_000;
/** How far behind the newest change is looked again: a search index tells of changes hours late and out of order. */
export const overlapMs = 24 * 3_600_000;
const mostRecent = 2000;
const mostAgain = 50;

const memorySchema = z.object({
  /** What the source listed when it was last listed whole, and what came since; null when that is too much. */
  known: z.string().nullable(),
  newestMs: z.number().nullable(),
  /** The changes within the overlap that have been read. */
  recent: z.array(z.tuple([z.string(), z.number()])),
  listedAtMs: z.number(),
  /** By how much the source's own count differs from ours, when nothing is amiss; null when it does not count. */
  offBy: z.number().nullable(),
  /** Items that could not be read, to be asked for again. */
  again: z.array(z.string()),
  /** Of the first page of changes since a moment. */
  validators: z
    .object({ etag: z.string().nullable(), lastModified: z.string().nullable(), sinceMs: z.number() })
    .nullable(),
});

const cursorSchema = z.discriminatedUnion('at', [
  z.object({ at: z.literal('rest'), memory: memorySchema }),
  z.object({ at: z.literal('changes'), place: z.unknown(), sinceMs: z.number(), memory: memorySchema }),
  z.object({
    at: z.literal('list'),
    place: z.unknown(),
    /** Null when there are too many to be remembered. */
    listed: z.string().nullable(),
    /** Nothing was known when it began, so that every item is read and the run shows everything. */
    fresh: z.boolean(),
    /** No part of the listing was out of reach so far. */
    whole: z.boolean(),
    startedAtMs: z.number(),
    memory: memorySchema,
  }),
]);

/** What is remembered between two runs and from page to page, unfolded. */
export interface Memory {
  known: Set<string> | null;
  newestMs: number | null;
  recent: Map<string, number>;
  listedAtMs: number;
  offBy: number | null;
  again: Set<string>;
  validators: { etag: string | null; lastModified: string | null; sinceMs: number } | null;
}

/** Where a run stands. */
export type RunState =
  | { readonly at: 'rest'; readonly memory: Memory }
  | { readonly at: 'changes'; readonly place: unknown; readonly sinceMs: number; readonly memory: Memory }
  | {
      readonly at: 'list';
      readonly place: unknown;
      readonly listed: Set<string> | null;
      readonly fresh: boolean;
      readonly whole: boolean;
      readonly startedAtMs: number;
      readonly memory: Memory;
    };

/** The state as text, with whose ids it holds. */
export function writeRunState(state: RunState, of: string): string {
  const memory = foldMemory(state.memory);
  return JSON.stringify(
    state.at === 'list' ? { of, ...state, memory, listed: foldIds(state.listed) } : { of, ...state, memory },
  );
}

/** @throws RushesError CONFLICT for a text that is no such state, or of another kind: the run then begins anew. */
export function readRunState(cursor: string, of: string): RunState {
  const state = cursorIn(cursor, cursorSchema);
  // The first versions did not say whose it is.
  const whose = cursorIn(cursor, z.object({ of: z.string().optional() }))?.of ?? of;
  if (state === null || whose !== of) throw conflict();
  const memory = unfoldMemory(state.memory);
  return state.at === 'list' ? { ...state, memory, listed: unfoldIds(state.listed) } : { ...state, memory };
}

/** The memory of a source that was never read. */
export function emptyMemory(): Memory {
  return {
    known: null,
    newestMs: null,
    recent: new Map(),
    listedAtMs: 0,
    offBy: null,
    again: new Set(),
    validators: null,
  };
}

function foldMemory(memory: Memory): z.infer<typeof memorySchema> {
  const since = (memory.newestMs ?? 0) - overlapMs;
  const recent = [...memory.recent].filter(([, ms]) => ms >= since).toSorted((a, b) => b[1] - a[1]);
  return {
    ...memory,
    known: foldIds(memory.known),
    recent: recent.slice(0, mostRecent),
    again: [...memory.again].slice(0, mostAgain),
  };
}

function unfoldMemory(memory: z.infer<typeof memorySchema>): Memory {
  return {
    ...memory,
    known: unfoldIds(memory.known),
    recent: new Map(memory.recent),
    again: new Set(memory.again),
  };
}

function foldIds(ids: ReadonlySet<string> | null): string | null {
  return ids === null || ids.size > mostKnown ? null : packIds(ids);
}

function unfoldIds(packed: string | null): Set<string> | null {
  if (packed === null) return null;
  const ids = unpackIds(packed);
  if (ids === null) throw conflict();
  return ids;
}

function conflict(): RushesError {
  return new RushesError('CONFLICT', 'The place where the last sync ended cannot be read any more.');
}
