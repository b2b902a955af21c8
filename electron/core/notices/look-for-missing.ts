import { setImmediate } from 'node:timers/promises';
import type { Notify } from '../ports.ts';
import { atomic } from '../storage/atomic.ts';
import { compareTold } from './compare-told.ts';
import type { createHoldersRepo, HeldItem } from './holders-repo.ts';
import type { LookingDeps } from './look-at-held.ts';
import type { createNoticesRepo } from './notices-repo.ts';
import { isKilled, told, type Told } from './told.ts';

/** How many items are looked up between two pauses. */
const betweenPauses = 50;
/** So many that are gone at once, and more than half of what is held, are rather another list than withdrawals. */
const manyAtOnce = 20;

/** A source as a notice names it. */
export interface NamedSource {
  readonly id: string;
  readonly name: string;
}

/** An item that is held, and what its holders were told last. */
interface Known {
  readonly item: HeldItem;
  readonly before: Told;
}

/**
 * Looks for items that are held and that the catalogue does not know, though it knows all that their source lists: they
 * went while the catalogue was lost, and no row of it is left that could be withdrawn.
 */
export function createLookingForMissing(
  deps: LookingDeps & { readonly notify: Notify },
  {
    repo,
    holders,
  }: { repo: ReturnType<typeof createNoticesRepo>; holders: ReturnType<typeof createHoldersRepo> },
) {
  /** The sources that are not believed, of this run of the program. */
  const doubted = new Set<string>();
  /** What looks through the databases is waited for before they are closed. */
  const underWay = new Set<Promise<unknown>>();
  let isOpen = true;

  /** Null when nothing is known that was told of it, or when its holders know already that it is gone. */
  const knownOf = (item: HeldItem): Known | null => {
    const stored = repo.findTold(item.assetId);
    const last = stored === null ? null : told.safeParse(JSON.parse(stored)).data;
    const before = last ?? told.safeParse(deps.toldThen(item.snapshotJson)).data;
    return before && before.status !== 'withdrawn' && !isKilled(before) ? { item, before } : null;
  };
  const look = async (sourceId: string): Promise<{ held: number; gone: Known[] }> => {
    const gone: Known[] = [];
    let held = 0;
    const all = holders.heldOfSource(sourceId);
    for (let at = 0; isOpen && at < all.length; at += betweenPauses) {
      const known = all.slice(at, at + betweenPauses).flatMap((item) => knownOf(item) ?? []);
      held += known.length;
      gone.push(...known.filter(({ item }) => deps.readAsset(item.assetId) === null));
      await setImmediate();
    }
    return { held, gone };
  };
  const tellAll = atomic(deps.db, (source: NamedSource, gone: readonly Known[]): string[] =>
    gone.flatMap(({ item, before }) => {
      const now: Told = { ...before, status: 'withdrawn', statusReason: null, notice: null };
      const subject = {
        assetId: item.assetId,
        sourceId: source.id,
        sourceName: source.name,
        title: before.texts['title'] ?? item.title,
      };
      repo.putTold(item.assetId, JSON.stringify(now));
      return compareTold(before, now, []).map((news) => repo.add(subject, news, deps.clock.now()));
    }),
  );

  const tellMissing = async (source: NamedSource): Promise<void> => {
    doubted.delete(source.id);
    const { held, gone } = await look(source.id);
    if (!isOpen) return;
    if (areTooMany({ held, gone: gone.length })) doubted.add(source.id);
    else for (const id of tellAll(source, gone)) deps.notify('notice', id);
  };
  const doubtOf = async (sourceId: string): Promise<string | null> => {
    const { held, gone } = await look(sourceId);
    if (!areTooMany({ held, gone: gone.length })) return null;
    return `${gone.length} of the ${held} items that are held here from it are not listed any more, all at once; \
their holders were not told, for it may be another list or another account.`;
  };
  const watched = async <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work);
    try {
      return await work;
    } finally {
      underWay.delete(work);
    }
  };

  return {
    considerMissing: (source: NamedSource): Promise<void> => watched(tellMissing(source)),
    doubtOf: async (sourceId: string, wasDoubted: boolean): Promise<string | null> =>
      wasDoubted || doubted.has(sourceId) ? watched(doubtOf(sourceId)) : null,
    close: async (): Promise<void> => {
      isOpen = false;
      await Promise.allSettled(underWay);
    },
  };
}

function areTooMany({ held, gone }: { held: number; gone: number }): boolean {
  return gone >= manyAtOnce && gone * 2 > held;
}
