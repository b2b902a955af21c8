import * as z from 'zod';
import { call } from './base.ts';
import { assetId, clipId, downloadId, pageInput, sourceId, timeMs } from './values.ts';

/** What a source did to an item that is held here. */
export const noticeKind = z.enum([
  'killed',
  'withdrawn',
  'withheld',
  'corrected',
  'rights',
  'file-replaced',
  'text-changed',
  'usable-again',
]);
export type NoticeKind = z.infer<typeof noticeKind>;

/** `stop` means not to be used as things stand; `look` that a person has to judge; `know` that nothing has to be done. */
export const noticeSeverity = z.enum(['stop', 'look', 'know']);
export type NoticeSeverity = z.infer<typeof noticeSeverity>;

/** One fact that changed, in words of both sides; null is "nothing was said". */
export const noticeChange = z.object({
  field: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type NoticeChange = z.infer<typeof noticeChange>;

/** Something that holds the item: the files stay where they are, whatever the source says. */
export const noticeHolder = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('clip'),
    id: clipId,
    title: z.string(),
    /** Every place where its bytes lie. */
    paths: z.array(z.string()),
    eventTitle: z.string().nullable(),
    tags: z.array(z.string()),
  }),
  z.object({ kind: z.literal('download'), id: downloadId, title: z.string(), state: z.string() }),
]);
export type NoticeHolder = z.infer<typeof noticeHolder>;

/** What the holders of an item have to know. */
export const notice = z.object({
  id: z.string(),
  assetId,
  sourceId: sourceId.nullable(),
  sourceName: z.string(),
  title: z.string(),
  kind: noticeKind,
  severity: noticeSeverity,
  /** The source's own words. */
  text: z.string().nullable(),
  changes: z.array(noticeChange),
  atMs: timeMs,
  /** When somebody here said that they have seen it, and what they did about it. */
  acknowledgedAtMs: timeMs.nullable(),
  note: z.string().nullable(),
  holders: z.array(noticeHolder),
});
export type Notice = z.infer<typeof notice>;

/** What the sources have said since of what is held here. */
export const notices = {
  /** Newest first; `open` leaves out those that were seen. */
  list: call
    .input(
      z
        .object({ open: z.boolean().optional(), assetId: assetId.optional(), clipId: clipId.optional() })
        .extend(pageInput.shape),
    )
    .output(z.object({ total: z.number().int(), items: z.array(notice), cursor: z.string().nullable() })),
  /** How many wait to be seen, and how many of them say stop. */
  count: call.output(z.object({ open: z.number().int(), stop: z.number().int() })),
  acknowledge: call
    .input(
      z.object({
        ids: z.array(z.string().max(64)).min(1).max(10_000),
        note: z.string().max(2000).optional(),
      }),
    )
    .output(z.object({ acknowledged: z.number().int() })),
};
