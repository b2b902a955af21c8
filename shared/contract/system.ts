import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { call } from './base.ts';
import { timeMs } from './values.ts';

/** Something changed; re-read what is shown of it. Notices are numbered without gaps and coalesced. */
export const changeNotice = z.object({
  seq: z.number().int(),
  entity: z.enum([
    'source',
    'account',
    'asset',
    'download',
    'root',
    'clip',
    'event',
    'tag',
    'setting',
    'job',
  ]),
  /** The ids that changed; empty means many or all. */
  ids: z.array(z.string()),
});
export type ChangeNotice = z.infer<typeof changeNotice>;

/** A finding of the doctor. */
export const finding = z.object({
  name: z.string(),
  state: z.enum(['ok', 'warning', 'problem']),
  value: z.string(),
  hint: z.string().optional(),
});
export type Finding = z.infer<typeof finding>;

/** What the background works on. */
export const job = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  state: z.enum(['queued', 'running', 'waiting', 'failed']),
  reason: z.string().nullable(),
  createdAtMs: timeMs,
});

/** What the user can choose. */
export const settingsShape = z.object({
  /** Where downloads go unless told otherwise; an absolute path. */
  downloadDir: z.string(),
  theme: z.enum(['system', 'light', 'dark']),
  /** Connections a download uses at most. */
  connections: z.number().int().min(1).max(16),
  /** Downloads that run at the same time. */
  parallelDownloads: z.number().int().min(1).max(16),
});
export type Settings = z.infer<typeof settingsShape>;

/** The calls that tell of Rushes itself. */
export const system = {
  info: call.output(
    z.object({
      version: z.string(),
      home: z.string(),
      door: z.enum(['desktop', 'browser', 'cli']),
      node: z.string(),
    }),
  ),
  doctor: call.output(z.object({ ok: z.boolean(), findings: z.array(finding) })),
  jobs: call.output(z.object({ jobs: z.array(job) })),
  /** The stream of change notices, from now on. */
  changes: call.output(eventIterator(changeNotice)),
};

/** The calls of the settings. */
export const settings = {
  get: call.output(settingsShape),
  set: call.input(settingsShape.partial()).output(settingsShape),
};
