import type { AssetStatus } from '../../../shared/contract/catalogue.ts';
import { compareStamps, type Stamp } from './told-order.ts';

/** What is known of an asset when something is told of it. */
export interface Standing {
  readonly status: AssetStatus;
  readonly stamp: Stamp;
  /** The telling that its texts are from: an older one than the last when that was a withdrawal. */
  readonly textStamp: Stamp;
  /** Only withdrawals were ever told of it. */
  readonly isBare: boolean;
  /** The source had stopped listing it: then what is told now holds, whatever was told before. */
  readonly hasLapsed: boolean;
}

/**
 * What a telling means for what is known. `take` it whole; `withdraw`, which keeps the texts; `fill` the texts of a
 * withdrawn asset with an older telling; or nothing at all, for it is `stale`.
 */
export type Decision = 'take' | 'withdraw' | 'fill' | 'stale';

/**
 * Decides so that the order in which the tellings of an item arrive makes no difference.
 *
 * Two things are kept apart, and the newest of each holds. The status is that of the newest telling. The texts are those
 * of the newest telling that is no withdrawal, for the texts of a tombstone are empty and holders have to be told what
 * it was; they are a tombstone's own only as long as nothing else was told.
 */
export function decideTelling(known: Standing, told: { status: AssetStatus; stamp: Stamp }): Decision {
  const isTombstone = told.status === 'withdrawn';
  if (known.hasLapsed || compareStamps(told.stamp, known.stamp) >= 0)
    return isTombstone && !known.isBare ? 'withdraw' : 'take';
  if (known.status !== 'withdrawn' || isTombstone) return 'stale';
  return known.isBare || compareStamps(told.stamp, known.textStamp) > 0 ? 'fill' : 'stale';
}
