import * as z from 'zod';
import { downloadReasons } from '../domain/download-reason.ts';
import { call } from './base.ts';
import { assetId, clipId, downloadId, renditionId, sourceId, timeMs } from './values.ts';

/** Where a download stands; `waiting` goes on by itself or once its reason is gone, `failed` does not. */
export const downloadState = z.enum([
  'queued',
  'running',
  'waiting',
  'paused',
  'verifying',
  'complete',
  'failed',
  'cancelled',
]);
export type DownloadState = z.infer<typeof downloadState>;

/** What goes first where not all can run; a deadline that is near counts more. */
export const downloadPriority = z.enum(['high', 'normal', 'low']);
export type DownloadPriority = z.infer<typeof downloadPriority>;

/** One wanted file and how far it is. */
export const download = z.object({
  id: downloadId,
  sourceId: sourceId.nullable(),
  assetId: assetId.nullable(),
  renditionId: renditionId.nullable(),
  title: z.string(),
  state: downloadState,
  /** Why it waits, is paused or failed; null while nothing needs saying. */
  reason: z
    .object({ code: z.enum(downloadReasons), detail: z.string().nullable(), retryAtMs: timeMs.nullable() })
    .nullable(),
  dir: z.string(),
  fileName: z.string(),
  /** The file's final place; null until it is complete. */
  path: z.string().nullable(),
  /** Bytes safely on disk. */
  bytes: z.number().int(),
  sizeBytes: z.number().int().nullable(),
  bytesPerSecond: z.number().nullable(),
  /** Milliseconds until it is there, those before it in the queue included. */
  etaMs: z.number().nullable(),
  priority: downloadPriority,
  /** Bytes a second that it may use at most. */
  maxRate: z.number().positive().nullable(),
  /** When it is needed. */
  neededByMs: timeMs.nullable(),
  /** How its ETA stands against that: `late` when it cannot be met any more, `none` without a deadline or an ETA. */
  deadline: z.enum(['none', 'safe', 'at-risk', 'late']),
  /** A smaller rendition of the same asset that could still be there in time. */
  smaller: z.object({ renditionId, label: z.string(), sizeBytes: z.number().int().nullable() }).nullable(),
  /** Connections in use now. */
  connections: z.number().int(),
  /** The host that the bytes come from, once known. */
  host: z.string().nullable(),
  sha256: z.string().nullable(),
  /** What "complete" rests on: the source's hash, its size, or neither. */
  verified: z.enum(['hash', 'size', 'none']).nullable(),
  clipId: clipId.nullable(),
  createdAtMs: timeMs,
  finishedAtMs: timeMs.nullable(),
});
export type Download = z.infer<typeof download>;

const list = z.object({ downloads: z.array(download) });
/** Without ids: all of them to which the verb applies. */
const some = z.object({ ids: z.array(downloadId).max(10_000).optional() });

/** What can be said of a wish when it is made, and later for many at once. */
const wish = {
  priority: downloadPriority.optional(),
  neededByMs: timeMs.nullable().optional(),
  maxRate: z.number().positive().nullable().optional(),
};

/** The rule that the whole queue is under now. */
export const trafficRule = z.object({
  /** The name of the speed profile in force. */
  name: z.string(),
  /** Null: as fast as it goes. */
  bytesPerSecond: z.number().positive().nullable(),
  /** The schedule lets nothing run now. */
  holds: z.boolean(),
  /** No window of the schedule says so: somebody chose it. */
  byHand: z.boolean(),
  /** When another rule begins; null when the schedule knows none. */
  untilMs: timeMs.nullable(),
});
export type TrafficRule = z.infer<typeof trafficRule>;

/** What the list of ended downloads is ordered by: when it was wanted, its title, its size, or when it ended. */
export const downloadSort = z.object({
  by: z.enum(['added', 'name', 'size', 'finished']),
  /** `down`: the newest, the largest, or the last of the alphabet first. */
  order: z.enum(['up', 'down']),
});
export type DownloadSort = z.infer<typeof downloadSort>;

/** All unfinished downloads together. */
export const downloadTotals = z.object({
  running: z.number().int(),
  queued: z.number().int(),
  waiting: z.number().int(),
  /** Of those that wait: how many are tried again by themselves soon, such as after a broken connection. */
  retrying: z.number().int(),
  paused: z.number().int(),
  failed: z.number().int(),
  /** Of those that run, are queued or wait, and whose size is known. */
  bytes: z.number(),
  sizeBytes: z.number(),
  bytesPerSecond: z.number().nullable(),
  etaMs: z.number().nullable(),
  rule: trafficRule,
  /** Whether the machine has a network, as far as it can be told. */
  online: z.boolean(),
});
export type DownloadTotals = z.infer<typeof downloadTotals>;

/** One try at a download. */
export const downloadAttempt = z.object({
  startedAtMs: timeMs,
  endedAtMs: timeMs.nullable(),
  host: z.string().nullable(),
  fetchedBytes: z.number().int(),
  /** `complete`, `stopped`, or the code of the reason it ended with; null while it runs. */
  outcome: z.string().nullable(),
});
export type DownloadAttempt = z.infer<typeof downloadAttempt>;

/** The calls of the downloads. */
export const downloads = {
  /**
   * Wants the files of assets. What is on this machine already, or under way, is not fetched twice: it is told in
   * `already`. An asset that may not be downloaded is told in `refused` and keeps none of the others from being added.
   */
  add: call
    .input(
      z.object({
        assetIds: z.array(assetId).min(1).max(1000),
        /** `best`, `smallest`, or the id of a rendition. */
        rendition: z.union([z.literal('best'), z.literal('smallest'), renditionId]).default('best'),
        dir: z.string().max(4096).optional(),
        /** Fetches again what is here already. */
        again: z.boolean().default(false),
        ...wish,
      }),
    )
    .output(
      list.extend({
        already: z.array(
          z.object({
            assetId,
            clipId: clipId.nullable(),
            path: z.string(),
            /** What it was recognised by: the source's own id, or the promised hash. */
            by: z.enum(['identity', 'hash']),
          }),
        ),
        refused: z.array(z.object({ assetId, code: z.string(), message: z.string() })),
      }),
    ),
  addUrl: call
    .input(
      z.object({
        url: z.string().min(1).max(8000),
        dir: z.string().max(4096).optional(),
        name: z.string().max(1000).optional(),
        sha256: z
          .string()
          .regex(/^[0-9a-fA-F]{64}$/)
          .optional(),
        sizeBytes: z.number().int().nonnegative().optional(),
        connections: z.number().int().min(1).max(16).optional(),
        headers: z.record(z.string(), z.string()).optional(),
        insecureHttp: z.boolean().optional(),
        allowPrivate: z.boolean().optional(),
        ...wish,
      }),
    )
    .output(download),
  /** `active` in the order of the queue, the others newest first or as `sort` has it. */
  list: call
    .input(
      z.object({
        show: z.enum(['active', 'done', 'failed', 'all']).default('all'),
        sort: downloadSort.optional(),
        cursor: z.string().max(200).optional(),
        limit: z.number().int().min(1).max(1000).default(500),
      }),
    )
    .output(
      list.extend({
        counts: z.object({ active: z.number(), done: z.number(), failed: z.number() }),
        nextCursor: z.string().nullable(),
      }),
    ),
  get: call.input(z.object({ id: downloadId })).output(download),
  /** Every try at one download, newest first. */
  attempts: call.input(z.object({ id: downloadId })).output(z.object({ attempts: z.array(downloadAttempt) })),
  totals: call.output(downloadTotals),
  /** Changes what was said of unfinished downloads; what is not given stays. */
  change: call.input(z.object({ ids: z.array(downloadId).min(1).max(10_000), ...wish })).output(list),
  /** Puts downloads, in the order given, before another in the queue; at its end for null. */
  move: call
    .input(z.object({ ids: z.array(downloadId).min(1).max(10_000), before: downloadId.nullable() }))
    .output(list),
  /** Takes another rendition of the same asset instead; what was fetched of the first is removed. */
  swapRendition: call.input(z.object({ id: downloadId, renditionId })).output(download),
  /** Takes ended downloads off the list; their files stay. Without ids: all that are complete or cancelled. */
  forget: call.input(some).output(z.object({ forgotten: z.number().int() })),
  /** The network is back or the machine awake: whatever waits for that is tried at once. */
  wake: call
    .input(z.object({ why: z.enum(['online', 'awake']) }))
    .output(z.object({ woken: z.number().int() })),
  pause: call.input(some).output(list),
  resume: call.input(some).output(list),
  retry: call.input(some).output(list),
  /** Stops and removes the partial file; the intent stays in the history as cancelled. */
  cancel: call.input(some).output(list),
};
