import type { Clock } from '../ports.ts';
import { atomic } from '../storage/atomic.ts';
import type { Connection } from '../storage/open-database.ts';
import { compareTold } from './compare-told.ts';
import type { createHoldersRepo } from './holders-repo.ts';
import type { createNoticesRepo, NoticeSubject } from './notices-repo.ts';
import { rememberedOf, told, type Told, type ToldThen } from './told.ts';

/** How an item stands in the catalogue now. */
export interface ReadAsset extends NoticeSubject {
  readonly told: Told;
}

/** What looking stands on. */
export interface LookingDeps {
  readonly db: Connection;
  readonly clock: Clock;
  /** An item as the catalogue has it; null when the catalogue does not know it. */
  readonly readAsset: (assetId: string) => ReadAsset | null;
  /** The same items as other sources carry them, each without itself; those that have none are left out. */
  readonly twinsOf: (assetIds: readonly string[]) => ReadonlyMap<string, readonly string[]>;
  /** What a download kept of its asset, if that was told then. */
  readonly toldThen: (snapshotJson: string | null) => ToldThen | null;
}

/** Looks at items that may have changed, and writes down what their holders have to know. */
export function createLooking(
  deps: LookingDeps,
  {
    repo,
    holders,
  }: { repo: ReturnType<typeof createNoticesRepo>; holders: ReturnType<typeof createHoldersRepo> },
) {
  /** What the holders know: as told last, else as it was when they took it, else as it is. */
  const knownOf = (now: ReadAsset, stored: string | null, snapshotJson: string | null): Told => {
    const last = stored === null ? undefined : told.safeParse(JSON.parse(stored)).data;
    if (last) return last;
    const then = deps.toldThen(snapshotJson);
    // Nobody takes what is not released; what was not kept then cannot be told apart from now.
    const asIs: Told = { ...now.told, status: 'usable', notice: null, statusReason: null };
    return { ...asIs, ...then, rights: { ...asIs.rights, ...then?.rights } };
  };

  const lookAt = (assetId: string): string[] => {
    const now = deps.readAsset(assetId);
    if (!now) return [];
    const stored = repo.findTold(assetId);
    // Not what was taken of its twins: each source has its own words, and its own names for its files.
    const taken = holders.takenOf(assetId);
    const before = knownOf(now, stored, taken[0]?.snapshotJson ?? null);
    const files = taken.flatMap(({ renditionExternalId: id }) => (id === null ? [] : [id]));
    const news = compareTold(before, now.told, [...new Set(files)]);
    const toldNow = JSON.stringify(rememberedOf(before, now.told));
    if (toldNow !== stored) repo.putTold(assetId, toldNow);
    return news.map((one) => repo.add(now, one, deps.clock.now()));
  };

  return {
    withTwins: (assetId: string): string[] => [assetId, ...(deps.twinsOf([assetId]).get(assetId) ?? [])],
    /** Returns the notices that came of it, all of them or none. */
    lookAtAll: atomic(deps.db, (assetIds: readonly string[]): string[] => {
      const twins = deps.twinsOf(assetIds);
      const held = new Set(holders.heldOf([...assetIds, ...[...twins.values()].flat()]));
      const concerns = (id: string): boolean => [id, ...(twins.get(id) ?? [])].some((one) => held.has(one));
      // Whoever takes it again begins with what it is then, and not with what was told to those before.
      repo.forgetTold(assetIds.filter((id) => !concerns(id)));
      return assetIds.filter(concerns).flatMap(lookAt);
    }),
  };
}
