import * as z from 'zod';
import { call } from './base.ts';
import { clipId, downloadId, timeMs } from './values.ts';

/**
 * What a check found. `changed` is a file that somebody has written to since; `damaged` one that nobody has, and whose
 * bytes are other ones all the same. `unproven`: there was no hash to compare with, and what was read now is the one for
 * the next time. `offline`: the folder or volume is away, which says nothing about the file.
 */
export const checkStates = [
  'ok',
  'unproven',
  'changed',
  'damaged',
  'missing',
  'offline',
  'unreadable',
] as const;
export const checkState = z.enum(checkStates);
export type CheckState = z.infer<typeof checkState>;

/** How far mending a damaged file is; null while nobody asked for it. */
export const mendState = z.enum(['queued', 'running', 'done', 'failed']);
export type MendState = z.infer<typeof mendState>;

/** One file as the last check found it. */
export const checkResult = z.object({
  id: z.string(),
  runId: z.string(),
  path: z.string(),
  clipId: clipId.nullable(),
  downloadId: downloadId.nullable(),
  state: checkState,
  /** One sentence where the state alone does not say why. */
  detail: z.string().nullable(),
  sizeBytes: z.number().int().nullable(),
  /** Of the bytes as they are now. */
  sha256: z.string().nullable(),
  expectedSha256: z.string().nullable(),
  /** Where the damage is; `end` is the first byte behind it. Empty when only the whole file is known to differ. */
  damage: z.array(z.object({ start: z.number().int(), end: z.number().int() })),
  /** `pieces`: only the damaged parts are fetched again. `download`: only a fresh download helps. */
  remedy: z.enum(['none', 'pieces', 'download']),
  mend: z
    .object({ state: mendState, detail: z.string().nullable(), fetchedBytes: z.number().int() })
    .nullable(),
  checkedAtMs: timeMs,
});
export type CheckResult = z.infer<typeof checkResult>;

/** How many files a check found in each state. */
export const checkCounts = z.object(
  Object.fromEntries(checkStates.map((state) => [state, z.number().int()])) as Record<
    CheckState,
    z.ZodNumber
  >,
);
export type CheckCounts = z.infer<typeof checkCounts>;

/** What became of the media hash list of a folder. */
export const manifestReport = z.object({
  folder: z.string(),
  /** How many generations the folder's history had before. */
  generations: z.number().int(),
  /** Generations that are not what the chain file says they are; nothing is believed of them. */
  broken: z.array(z.string()),
  /** Entries that name no file of the folder, such as `../x`. */
  refused: z.number().int(),
  /** Files that the history did not know. */
  added: z.number().int(),
  /** The generation that was written; null when none was wanted, or not yet. */
  file: z.string().nullable(),
});
export type ManifestReport = z.infer<typeof manifestReport>;

/** One check of many files; it goes on after a restart. */
export const checkRun = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  /** Why it failed. */
  reason: z.string().nullable(),
  files: z.number().int(),
  checkedFiles: z.number().int(),
  /** Of the files that were there when the check began. */
  bytes: z.number().int(),
  checkedBytes: z.number().int(),
  counts: checkCounts,
  manifest: manifestReport.nullable(),
  startedAtMs: timeMs,
  finishedAtMs: timeMs.nullable(),
});
export type CheckRun = z.infer<typeof checkRun>;

const path = z.string().min(1).max(4096);

/** The calls that look whether files still are what they were. */
export const verify = {
  /**
   * Begins a check of clips, downloads, or what Rushes knows below files and folders; with none of these, of everything.
   * A single folder with `manifest` (or with a media hash list of before) is checked whole, known files or not, and
   * `manifest` writes the next generation of its list.
   *
   * Fails with NOT_FOUND where there is nothing to check.
   */
  start: call
    .input(
      z.object({
        paths: z.array(path).max(10_000).optional(),
        clipIds: z.array(clipId).max(10_000).optional(),
        downloadIds: z.array(downloadId).max(10_000).optional(),
        manifest: z.boolean().default(false),
      }),
    )
    .output(checkRun),
  /** A check, or the newest one; null when there was none yet. */
  status: call
    .input(z.object({ runId: z.string().optional() }))
    .output(z.object({ run: checkRun.nullable() })),
  /** Ends a check; what it found so far stays. */
  cancel: call.input(z.object({ runId: z.string() })).output(checkRun),
  /** What a check found so far, in the order of the paths; `problems` are changed, damaged, missing and unreadable files. */
  results: call
    .input(
      z.object({
        runId: z.string(),
        show: z.union([z.literal('all'), z.literal('problems'), checkState]).default('all'),
        cursor: z.string().max(200).optional(),
        limit: z.number().int().min(1).max(1000).default(200),
      }),
    )
    .output(z.object({ results: z.array(checkResult), nextCursor: z.string().nullable() })),
  /** The last finding for each place of a clip; those that were never checked are not told of. */
  ofClip: call.input(z.object({ clipId })).output(z.object({ results: z.array(checkResult) })),
  /**
   * Mends damaged files (results with the remedy `pieces`): only the damaged parts are fetched, and the file is replaced
   * only once it is whole. Goes on in the background; `mend` of a result says how far it is.
   */
  repair: call
    .input(z.object({ ids: z.array(z.string()).min(1).max(1000) }))
    .output(z.object({ results: z.array(checkResult) })),
};
