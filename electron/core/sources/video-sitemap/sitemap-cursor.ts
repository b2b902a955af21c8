import * as z from 'zod';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { cursorIn } from '../reading/cursor-text.ts';

const remembered = z.object({
  /** Of the bytes; null until it was read. */
  digest: z.string().nullable(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** The lastmod with which it was listed when it was read. */
  stamp: z.string().nullable(),
  /** How many videos it listed, and the sum of their names: enough to see that one is gone. */
  videos: z.number(),
  sum: z.number(),
  knowsVideos: z.boolean(),
});

const file = remembered.extend({
  url: z.string(),
  /** The index that lists it; null of the address of the source itself. */
  parent: z.string().nullable(),
  depth: z.number(),
  /** The lastmod with which its index lists it now. */
  listed: z.string().nullable(),
  isIndex: z.boolean(),
  /** What this run has found: it waits, is as it was, was shown in full, or cannot be read. */
  told: z.enum(['waits', 'same', 'shown', 'failed']),
});

/** One file of a source and what is remembered of it. */
export type SitemapFile = z.infer<typeof file>;

const run = z.object({
  /** Every file is shown, whether it has changed or not. */
  whole: z.boolean(),
  /** Every file is asked, whatever its index says of it. */
  checks: z.boolean(),
  filesChanged: z.boolean(),
  /** A video that was listed is gone from its file. */
  lost: z.boolean(),
  shown: z.boolean(),
  /** In the middle of a file: its bytes, and how many entries of it were shown. */
  at: z.object({ url: z.string(), digest: z.string(), entries: z.number() }).nullable(),
});

const cursor = z.object({
  v: z.literal(1),
  files: z.array(file),
  /** When every file was last asked, and last shown, in UTC milliseconds. */
  checkedAtMs: z.number(),
  wholeAtMs: z.number(),
  /** Files have changed since they were last shown whole: something may be gone that no one has seen go. */
  owed: z.boolean(),
  /** Null between two runs. */
  run: run.nullable(),
});

/** Where a source is: what it remembers of its files, and of a run that is under way. */
export type SitemapCursor = z.infer<typeof cursor>;
/** A run under way. */
export type SitemapRun = z.infer<typeof run>;

/** The state a cursor stands for; null begins anew. @throws RushesError CONFLICT */
export function readCursor(text: string | null, url: string): SitemapCursor {
  const fresh = { v: 1 as const, files: [aFile(url)], checkedAtMs: 0, wholeAtMs: 0, owed: false, run: null };
  if (text === null) return fresh;
  const state = cursorIn(text, cursor);
  if (state === null) throw new RushesError('CONFLICT', 'The place in the sitemap is not known any more.');
  // The source has moved: what its files were called tells nothing any more.
  return state.files[0]?.url === url ? state : fresh;
}

/** A file of which nothing is known yet. */
export function aFile(url: string, found: Partial<SitemapFile> = {}): SitemapFile {
  return {
    url,
    parent: null,
    depth: 0,
    listed: null,
    isIndex: false,
    told: 'waits',
    digest: null,
    etag: null,
    lastModified: null,
    stamp: null,
    videos: 0,
    sum: 0,
    knowsVideos: true,
    ...found,
  };
}

/** Starts a run: all files wait. */
export function startRun(state: SitemapCursor, nowMs: number): SitemapRun {
  for (const one of state.files) one.told = 'waits';
  state.run = {
    // A time of a clock that was years ahead is as good as long past.
    whole: state.owed && Math.abs(nowMs - state.wholeAtMs) >= dayMs,
    checks: Math.abs(nowMs - state.checkedAtMs) >= dayMs,
    filesChanged: false,
    lost: false,
    shown: false,
    at: null,
  };
  return state.run;
}

/** How long what an index says of its files is believed without asking, and losses may go unseen. */
export const dayMs = 24 * 3_600_000;
