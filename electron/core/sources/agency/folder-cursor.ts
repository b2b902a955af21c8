import { createHash } from 'node:crypto';
import * as z from 'zod';
import { cursorIn } from '../reading/cursor-text.ts';
import type { FolderFile } from './folder-scan.ts';

const waitingFile = z.object({
  name: z.string(),
  /** The files beside it that it waits for, by their names below the folder. */
  media: z.array(z.string()),
  /** When its embargo ends, UTC milliseconds. */
  untilMs: z.number().nullable(),
});
/** A file that is to be read again although it stays as it is: what it depends on will change. */
export type WaitingFile = z.infer<typeof waitingFile>;

const cursorSchema = z.object({
  v: z.literal(1),
  /**
   * One mark for each bucket of files, made of the marks of its files as they were read; empty text for one that was
   * not. A name belongs to a bucket by its hash. So the cursor stays small however many files there are, and what
   * changed is found without any clock: a file written late, moved here or restored with an old date is a change.
   */
  buckets: z.array(z.string()),
  waiting: z.array(waitingFile),
});

/** Where a reading of a folder stands, in the middle of a run as well as between runs. */
export type FolderCursor = z.infer<typeof cursorSchema>;

const fewestBuckets = 64;
const mostBuckets = 4096;
/** Files in a bucket on the average: when one changes, these are read with it. */
const wantedInBucket = 4;
/** Files that are waited for; of more, the oldest are read again only when they change. */
const mostWaiting = 1000;

/** Unpacks a cursor; null and one that is not ours begin anew. */
export function unpackFolderCursor(cursor: string | null): FolderCursor {
  // Of another version: everything is read once more, which changes nothing that is known.
  const known = cursor === null ? null : cursorIn(cursor, cursorSchema);
  return known ?? { v: 1, buckets: [], waiting: [] };
}

/** The cursor with buckets enough for this many files; more of them make all begin anew. */
export function fitted(cursor: FolderCursor, files: number): FolderCursor {
  const wanted = Math.min(
    mostBuckets,
    Math.max(fewestBuckets, 2 ** Math.ceil(Math.log2(files / wantedInBucket + 1))),
  );
  // Only when it has grown much: a folder of steady size is not read anew for one file more or less.
  if (cursor.buckets.length >= wanted / 4 && cursor.buckets.length > 0) return cursor;
  return { ...cursor, buckets: Array.from({ length: wanted }, () => '') };
}

/** Puts files into their buckets, each in the order of names. */
export function intoBuckets(files: readonly FolderFile[], count: number): FolderFile[][] {
  const buckets: FolderFile[][] = Array.from({ length: count }, () => []);
  for (const file of files) buckets[bucketOf(file.name, count)]?.push(file);
  for (const bucket of buckets) bucket.sort((a, b) => (a.name < b.name ? -1 : 1));
  return buckets;
}

/** Which bucket a name belongs to. */
export function bucketOf(name: string, count: number): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) % count;
}

/** The mark of a bucket, from those of its files. */
export function bucketMark(files: readonly FolderFile[]): string {
  if (files.length === 0) return '';
  return createHash('sha256')
    .update(files.map(({ mark }) => mark).join())
    .digest('base64url')
    .slice(0, 8);
}

/** The cursor behind some buckets that were read; `waiting` are the files of theirs that are to be read again. */
export function behindBuckets(
  cursor: FolderCursor,
  read: { marks: ReadonlyMap<number, string>; waiting: readonly WaitingFile[] },
): FolderCursor {
  const others = cursor.waiting.filter(({ name }) => !read.marks.has(bucketOf(name, cursor.buckets.length)));
  return {
    v: 1,
    buckets: cursor.buckets.map((mark, index) => read.marks.get(index) ?? mark),
    waiting: [...others, ...read.waiting].slice(-mostWaiting),
  };
}
