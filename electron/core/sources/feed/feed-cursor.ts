import { createHash } from 'node:crypto';
import * as z from 'zod';
import { cursorIn } from '../reading/cursor-text.ts';
import type { SourceAsset } from '../source-model.ts';

/** What the first page was marked with: the server's marks, and a digest for servers that mark nothing. */
const mark = z.object({
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  digest: z.string(),
});

const cursorSchema = z.object({
  v: z.literal(1),
  /** Of the first page, as the last whole run found it. */
  known: mark.nullable(),
  /** What the last runs found, an item each, newest first: a page of nothing else ends a run. */
  seen: z.array(z.string()),
  /** When all pages were last read, and when something on the first page comes to mean another thing. UTC milliseconds. */
  wholeAtMs: z.number().nullable(),
  againAtMs: z.number().nullable(),
  /** A run that is not at its end. */
  run: z
    .object({
      next: z.string(),
      /** All pages are read, whether known or not. */
      isWhole: z.boolean(),
      pages: z.number(),
      first: mark,
      againAtMs: z.number().nullable(),
      seen: z.array(z.string()),
      visited: z.array(z.string()),
    })
    .nullable(),
});

/** Where the reading of a feed stands. */
export type FeedCursor = z.infer<typeof cursorSchema>;

/** A run in its middle. */
export type FeedRun = NonNullable<FeedCursor['run']>;

/** Items that are remembered; behind them everything is new again. */
export const mostSeen = 5000;

/** The beginning of a first reading. */
export const firstCursor: FeedCursor = {
  v: 1,
  known: null,
  seen: [],
  wholeAtMs: null,
  againAtMs: null,
  run: null,
};

/** Unpacks a cursor; one of another version begins anew. */
export function unpackCursor(cursor: string | null): FeedCursor {
  return (cursor === null ? null : cursorIn(cursor, cursorSchema)) ?? firstCursor;
}

/** What an item came to, so that the same is known again and any change is not. */
export function tokenOf(asset: SourceAsset): string {
  return digestOf(JSON.stringify(asset)).slice(0, 12);
}

/** What names a page or a body, short. */
export function digestOf(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('base64url').slice(0, 22);
}

/** What a run that is at its end leaves for the next one. */
export function behindRun(cursor: FeedCursor, run: FeedRun, nowMs: number): FeedCursor {
  return {
    v: 1,
    known: run.first,
    // Of a run that ended early, the older items are still known.
    seen: [...new Set([...run.seen, ...(run.isWhole ? [] : cursor.seen)])].slice(0, mostSeen),
    wholeAtMs: run.isWhole ? nowMs : cursor.wholeAtMs,
    againAtMs: run.againAtMs,
    run: null,
  };
}
