import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { call } from './base.ts';
import { downloadSort } from './downloads.ts';
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
    'check',
    'notice',
    'saved-search',
    'rule',
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

/** A speed that the queue can be held to. */
export const speedProfile = z.object({
  id: z.string().min(1).max(40),
  name: z.string().trim().min(1).max(60),
  /** Null: as fast as it goes. */
  bytesPerSecond: z.number().int().min(1000).nullable(),
});
export type SpeedProfile = z.infer<typeof speedProfile>;

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/**
 * A window of the week with a rule of its own, by this machine's wall clock. `to` not after `from` runs over midnight
 * and belongs to the day on which it begins.
 */
export const scheduleWindow = z.object({
  /** 0 is Sunday. */
  days: z.array(z.number().int().min(0).max(6)).min(1).max(7),
  from: timeOfDay,
  to: timeOfDay,
  /** The id of a profile, or null: nothing runs. */
  profile: z.string().nullable(),
});
export type ScheduleWindow = z.infer<typeof scheduleWindow>;

/** How fast the queue may go, and when. The first window that holds now decides, else `outside`. */
export const traffic = z.object({
  profiles: z.array(speedProfile).min(1).max(20),
  /** The profile outside all windows, or null: then nothing runs. */
  outside: z.string().nullable(),
  windows: z.array(scheduleWindow).max(50),
  /** What somebody chose in place of the schedule, until then; null as profile: nothing runs. */
  override: z.object({ profile: z.string().nullable(), untilMs: timeMs }).optional(),
});
export type Traffic = z.infer<typeof traffic>;

/** How Rushes gets out of the house. Passwords are not here: `network.setProxyPassword` seals them. */
export const proxySettings = z.object({
  mode: z.enum(['system', 'none', 'manual', 'pac']),
  /** For `manual`: `http://host:port` or `https://host:port`. */
  url: z.string().max(2000),
  /** For `manual`: hosts reached directly, in the form of NO_PROXY. */
  bypass: z.string().max(4000),
  /** For `pac`: the address or the full path of the script. */
  pacUrl: z.string().max(2000),
  user: z.string().max(200),
});
export type ProxySettings = z.infer<typeof proxySettings>;

/** What the user can choose. */
export const settingsShape = z.object({
  /** Where downloads go unless told otherwise; an absolute path. */
  downloadDir: z.string(),
  theme: z.enum(['system', 'light', 'dark']),
  /** How much room a row of the downloads takes. */
  density: z.enum(['comfortable', 'compact']),
  /** How the lists of ended downloads are ordered. */
  historySort: downloadSort,
  /** Connections a download uses at most. */
  connections: z.number().int().min(1).max(16),
  /** Downloads that run at the same time. */
  parallelDownloads: z.number().int().min(1).max(16),
  /** Connections to one host at most, all downloads together; fewer where the host wants it so. */
  hostConnections: z.number().int().min(1).max(32),
  /** Connections of all downloads together. */
  totalConnections: z.number().int().min(1).max(64),
  traffic,
  /** Bytes of the disk that downloads leave free; null: two gibibytes or a twentieth of it, whichever is more. */
  keepFreeBytes: z.number().int().nonnegative().nullable(),
  /** Where files go below the download folder, and how they are called: text with tokens such as `{day}`. */
  folderTemplate: z.string().max(500),
  nameTemplate: z.string().max(500),
  /** Writes a small file beside each download that says where it came from. */
  sidecar: z.boolean(),
  proxy: proxySettings,
  /** The full path of a PEM file with certificates to be trusted beside those of the system; empty for none. */
  certificateFile: z.string().max(4096),
  /** Desktop: no sleep while something downloads. */
  keepAwake: z.boolean(),
  /** Desktop: say when the queue has ended. */
  notifyWhenDone: z.boolean(),
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
