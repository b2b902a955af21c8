import * as z from 'zod';
import { downloadReasons } from '../domain/download-reason.ts';
import { call } from './base.ts';
import { assetId, clipId, downloadId, renditionId, timeMs } from './values.ts';

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

/** One wanted file and how far it is. */
export const download = z.object({
  id: downloadId,
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
  etaMs: z.number().nullable(),
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

/** The calls of the downloads. */
export const downloads = {
  add: call
    .input(
      z.object({
        assetIds: z.array(assetId).min(1).max(1000),
        /** `best`, `smallest`, or the id of a rendition. */
        rendition: z.union([z.literal('best'), z.literal('smallest'), renditionId]).default('best'),
        dir: z.string().max(4096).optional(),
      }),
    )
    .output(list),
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
        maxRate: z.number().positive().optional(),
        headers: z.record(z.string(), z.string()).optional(),
        insecureHttp: z.boolean().optional(),
        allowPrivate: z.boolean().optional(),
      }),
    )
    .output(download),
  list: call
    .input(z.object({ show: z.enum(['active', 'done', 'failed', 'all']).default('all') }))
    .output(list.extend({ counts: z.object({ active: z.number(), done: z.number(), failed: z.number() }) })),
  get: call.input(z.object({ id: downloadId })).output(download),
  pause: call.input(some).output(list),
  resume: call.input(some).output(list),
  retry: call.input(some).output(list),
  /** Stops and removes the partial file; the intent stays in the history as cancelled. */
  cancel: call.input(some).output(list),
};
