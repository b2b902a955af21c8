import * as z from 'zod';
import { assetNotice, assetStatus, rights } from '../../../shared/contract/catalogue.ts';

/**
 * What the holders of an item were told of it last. Each later reading is held against this, and not against the
 * catalogue of before: that may have been begun anew meanwhile.
 */
export const told = z.object({
  status: assetStatus,
  statusReason: z.string().nullable(),
  version: z.string().nullable(),
  notice: assetNotice.nullable(),
  rights,
  texts: z.record(z.string(), z.string().nullable()),
  /** What is known of each file by the source's name for it: its hash where there is one, else its size. */
  files: z.record(z.string(), z.string().nullable()),
});
export type Told = z.infer<typeof told>;

/** The part of it that was written down when the item was taken. */
export type ToldThen = Partial<Omit<Told, 'rights'>> & { readonly rights?: Partial<Told['rights']> };

/** Whether the source has taken the item back for good. */
export function isKilled({ notice }: Told): boolean {
  return notice?.kind === 'kill';
}

/** Whether the item is not to be used as things stand. */
export function isStopped(of: Told): boolean {
  return isKilled(of) || of.status === 'withdrawn' || of.status === 'embargoed' || of.status === 'withheld';
}

/** Whether an item that was not to be used has come back without a file, which is not back yet. */
export function isStillAway(before: Told, now: Told): boolean {
  return isStopped(before) && !isStopped(now) && now.status === 'expected';
}

/**
 * What the holders know once they were told what is now. Of an item that is not to be used they are told just that: its
 * texts, rights and files are held against those of before when it comes back.
 */
export function rememberedOf(before: Told, now: Told): Told {
  if (isStopped(now)) {
    return { ...before, status: now.status, statusReason: now.statusReason, notice: now.notice };
  }
  return isStillAway(before, now) ? before : now;
}
