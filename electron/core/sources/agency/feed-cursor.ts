import * as z from 'zod';
import { cursorIn } from '../reading/cursor-text.ts';

/** A page as it was read last, to ask whether it has changed. */
const pageMark = z.object({
  url: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** The start of the SHA-256 of the body, for servers that mark nothing. */
  digest: z.string(),
  next: z.string().nullable(),
  /** When an embargo on it ends: then it is to be read again, unchanged or not. UTC milliseconds. */
  againAtMs: z.number().nullable(),
});
/** What is remembered of a page. */
export type PageMark = z.infer<typeof pageMark>;

const cursorSchema = z.object({
  v: z.literal(1),
  /** The pages of the last whole run. */
  known: z.array(pageMark),
  /** The pages read in this run so far; empty between runs. */
  marks: z.array(pageMark),
  /** Where this run goes on; null between runs. */
  next: z.string().nullable(),
  /** The list is proven to have what changed last in front, so an unchanged first page tells of all. */
  newestFirst: z.boolean(),
  /** What proves it, of the run so far. */
  order: z.object({
    byChange: z.boolean(),
    byBirth: z.boolean(),
    lastChange: z.number().nullable(),
    lastBirth: z.number().nullable(),
    /** Not all pages were read: the proof of before holds on. */
    hasGaps: z.boolean(),
  }),
});

/** Where a reading of a feed stands. It goes into the cursor whole. */
export type FeedCursor = z.infer<typeof cursorSchema>;

/** Pages that are remembered; of a longer list the others are read whole. */
const mostMarks = 200;

const noOrder: FeedCursor['order'] = {
  byChange: true,
  byBirth: true,
  lastChange: null,
  lastBirth: null,
  hasGaps: false,
};

/** The beginning of a first reading. */
export const firstCursor: FeedCursor = {
  v: 1,
  known: [],
  marks: [],
  next: null,
  newestFirst: false,
  order: noOrder,
};

/** Unpacks a cursor; one that is not ours, from another version, begins anew. */
export function unpackCursor(cursor: string | null): FeedCursor {
  return (cursor === null ? null : cursorIn(cursor, cursorSchema)) ?? firstCursor;
}

/** Moves on behind a page; `stamps` are those of its items, null when it was not read because it is unchanged. */
export function behindPage(cursor: FeedCursor, mark: PageMark, stamps: readonly Stamp[] | null): FeedCursor {
  const order =
    stamps === null ? { ...cursor.order, hasGaps: true } : stamps.reduce(followOrder, cursor.order);
  return { ...cursor, marks: [...cursor.marks, mark].slice(0, mostMarks), order, next: mark.next };
}

/** What a run that has read all leaves for the next one. */
export function behindRun(cursor: FeedCursor): FeedCursor {
  const { byChange, byBirth, lastChange, hasGaps } = cursor.order;
  return {
    ...cursor,
    known: cursor.marks,
    marks: [],
    next: null,
    // Sorted by change and not by birth alone: in a list by birth, a change would stay where it is.
    newestFirst: hasGaps ? cursor.newestFirst : byChange && !byBirth && lastChange !== null,
    order: noOrder,
  };
}

/** When an item was changed and when it was made, UTC milliseconds; null when it does not say. */
export interface Stamp {
  readonly changedAtMs: number | null;
  readonly madeAtMs: number | null;
}

function followOrder(order: FeedCursor['order'], { changedAtMs, madeAtMs }: Stamp): FeedCursor['order'] {
  const falls = (last: number | null, now: number | null): boolean =>
    now !== null && (last === null || now <= last);
  return {
    ...order,
    byChange: order.byChange && falls(order.lastChange, changedAtMs),
    // Without its birth nothing proves that it is not the order.
    byBirth: order.byBirth && (madeAtMs === null || falls(order.lastBirth, madeAtMs)),
    lastChange: changedAtMs,
    lastBirth: madeAtMs ?? order.lastBirth,
  };
}
