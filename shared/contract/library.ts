import * as z from 'zod';
import { rights } from './catalogue.ts';
import { call } from './base.ts';
import { assetId, clipId, day, eventId, evidence, pageInput, rootId, timeMs } from './values.ts';

/** A folder that the library watches. Offline is a state with a reason, never "deleted". */
export const root = z.object({
  id: rootId,
  path: z.string(),
  online: z.boolean(),
  reason: z.string().nullable(),
  clips: z.number().int(),
  scannedAtMs: timeMs.nullable(),
});
export type Root = z.infer<typeof root>;

/** The stages of a clip's way, in their order. */
export const clipSteps = ['bytes', 'hash', 'probe', 'picture', 'tags'] as const;
export type ClipStep = (typeof clipSteps)[number];
/** One stage of a clip's way, with the reason when it is not done. */
export const stepState = z.object({
  step: z.enum(clipSteps),
  state: z.enum(['todo', 'running', 'done', 'failed', 'none']),
  reason: z.string().nullable(),
});

/** The colour an editor marks a clip with. */
export const label = z.enum(['red', 'yellow', 'green', 'blue']);
export type Label = z.infer<typeof label>;

/** A clip as a grid paints it. */
export const clipRow = z.object({
  id: clipId,
  title: z.string(),
  fileName: z.string(),
  /** Where the file lies now; null when no known place holds it. */
  path: z.string().nullable(),
  missing: z.boolean(),
  /** The last check of a place that it lies at found other bytes than it should have. */
  damaged: z.boolean(),
  sizeBytes: z.number().int(),
  day: day.nullable(),
  eventId: eventId.nullable(),
  eventTitle: z.string().nullable(),
  tags: z.array(z.string()),
  rating: z.number().int().min(0).max(5),
  label: label.nullable(),
  note: z.string(),
  durationMs: z.number().int().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  rateNum: z.number().int().nullable(),
  rateDen: z.number().int().nullable(),
  videoCodec: z.string().nullable(),
  startTimecode: z.string().nullable(),
  hasPoster: z.boolean(),
  /** Frames in the filmstrip picture, side by side; 0 when there is none. */
  stripFrames: z.number().int(),
  assetId: assetId.nullable(),
  steps: z.array(stepState),
});
export type ClipRow = z.infer<typeof clipRow>;

/** A stream of a clip as the probe saw it. */
export const clipStream = z.object({
  kind: z.enum(['video', 'audio', 'data', 'subtitle', 'other']),
  codec: z.string().nullable(),
  detail: z.string(),
});

/** A clip, whole. */
export const clipDetail = clipRow.extend({
  sha256: z.string().nullable(),
  places: z.array(z.object({ path: z.string(), present: z.boolean() })),
  container: z.string().nullable(),
  scan: z.enum(['progressive', 'interlaced']).nullable(),
  dropFrame: z.boolean().nullable(),
  streams: z.array(clipStream),
  /** Where the bytes came from, for clips that Rushes downloaded. */
  provenance: z
    .object({
      sourceName: z.string().nullable(),
      url: z.string().nullable(),
      downloadedAtMs: timeMs,
      verified: z.enum(['hash', 'size', 'none']),
    })
    .nullable(),
  rights: rights.nullable(),
  evidence: z.array(evidence),
  /** Whether Chromium can play the file as it is. */
  playable: z.boolean(),
});
export type ClipDetail = z.infer<typeof clipDetail>;

/** What a look through the folders found, counted in files. */
export const scanSummary = z.object({
  roots: z.array(root),
  added: z.number().int(),
  changed: z.number().int(),
  missing: z.number().int(),
  ms: z.number().int(),
});
export type ScanSummary = z.infer<typeof scanSummary>;

/** The calls of the library. */
export const library = {
  roots: call.output(z.object({ roots: z.array(root) })),
  addRoot: call.input(z.object({ path: z.string().min(1).max(4096) })).output(scanSummary),
  removeRoot: call
    .input(z.object({ path: z.string().min(1).max(4096) }))
    .output(z.object({ roots: z.array(root) })),
  scan: call.input(z.object({ rootId: rootId.optional() })).output(scanSummary),
  list: call
    .input(
      z
        .object({
          query: z.string().max(500).optional(),
          eventId: eventId.optional(),
          tag: z.string().max(200).optional(),
          dayFrom: day.optional(),
          dayTo: day.optional(),
        })
        .extend(pageInput.shape),
    )
    .output(
      z.object({
        total: z.number().int(),
        items: z.array(clipRow),
        cursor: z.string().nullable(),
        ms: z.number(),
      }),
    ),
  get: call.input(z.object({ id: clipId })).output(clipDetail),
  /** Tries a failed stage again. */
  retry: call.input(z.object({ id: clipId, step: z.enum(clipSteps) })).output(clipDetail),
};

/** Pictures of one file, written where the caller wants them. */
export const thumbs = {
  make: call
    .input(
      z.object({
        target: z.union([z.object({ clipId }), z.object({ file: z.string().min(1).max(4096) })]),
        strip: z.number().int().min(1).max(60).optional(),
        outDir: z.string().min(1).max(4096),
      }),
    )
    .output(
      z.object({
        poster: z.string().nullable(),
        strip: z.string().optional(),
        frames: z.number().int(),
        ms: z.number().int(),
        state: z.enum(['made', 'none']),
        reason: z.string().optional(),
      }),
    ),
};
