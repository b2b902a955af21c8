import type { Alias } from '../sources/source-model.ts';
import type { Connection } from '../storage/open-database.ts';
import type { Touched } from './page-outcome.ts';
import { createTwinRepo, type Carrier } from './twin-repo.ts';

/** A name that more assets carry than this identifies nothing, nor do more names of one asset count. */
const mostCarriers = 50;
const mostAliases = 50;
/** How many carriers of a name are looked at before all of them are. */
const firstLook = 4;
/** How far a chain of names is followed that leads through more assets than can be one item. */
const longestWalk = 2000;

/**
 * Finds which assets of different sources are the same item: those that share a name, and those that share one with
 * these.
 *
 * A name that two assets of one source carry identifies nothing. Where names lead from an asset to another one of its
 * own source they contradict one another, and none of the assets they join is linked. The asset of the source with the
 * smallest id (the one that was added first) stands for all, whatever its status: who stands for whom does not change
 * under the eyes of the user, and no other source's word hides an embargo. So what stands is decided by what is known
 * alone and never by the order in which it was told.
 */
export function createTwinLinks(db: Connection) {
  const repo = createTwinRepo(db);
  /** Assets to be looked at, and names whose carriers are. */
  let assets = new Set<string>();
  let names = new Map<string, Alias>();

  const look = (alias: Alias): void => void names.set(JSON.stringify([alias.scheme, alias.value]), alias);
  /** Who carries a name, or nobody when it identifies nothing. */
  const identified = (alias: Alias): readonly Carrier[] => {
    const carriers = repo.carriers(alias, mostCarriers + 1);
    return identifyNothing(carriers) ? [] : carriers;
  };
  /** Who else carries a name. Two of one source say all there is to say, and stand side by side in the index. */
  const othersOf = (alias: Alias, { assetId }: Carrier): readonly Carrier[] => {
    const first = repo.carriers(alias, firstLook).filter((one) => one.assetId !== assetId);
    if (first.length < firstLook - 1 || identifyNothing(first)) return first;
    return repo.carriers(alias, mostCarriers + 2).filter((one) => one.assetId !== assetId);
  };
  /** All that names join with an asset, itself included. */
  const walk = (from: string, walked: Set<string>): Carrier[] => {
    const members: Carrier[] = [];
    const queue = [from];
    walked.add(from);
    for (let id = queue.pop(); id !== undefined && members.length < longestWalk; id = queue.pop()) {
      const asset = repo.find(id);
      if (!asset) continue;
      members.push({ assetId: id, sourceId: asset.sourceId });
      for (const carrier of usable(asset.aliases).flatMap(identified)) {
        if (walked.has(carrier.assetId)) continue;
        walked.add(carrier.assetId);
        queue.push(carrier.assetId);
      }
    }
    return members;
  };
  const relink = (members: readonly Carrier[]): Touched[] => {
    const isItem = members.length <= mostCarriers && areOfDifferentSources(members);
    const leader = isItem ? members.reduce((a, b) => (b.sourceId < a.sourceId ? b : a)).assetId : null;
    const touched: Touched[] = [];
    for (const { assetId: id } of members) {
      const row = repo.link(id, id === leader ? null : leader);
      if (row !== null) touched.push({ id, row });
    }
    return touched;
  };

  return {
    /** An asset has gained these names. */
    add: (carrier: Carrier, aliases: readonly Alias[]): void => {
      for (const alias of usable(aliases)) {
        repo.addAlias(alias, carrier);
        const others = othersOf(alias, carrier);
        // Alone with all its names it has no twin; most are. And a name that identified nothing goes on doing so.
        if (others.length === 0 || identifyNothing(others)) continue;
        assets.add(carrier.assetId);
        look(alias);
      }
    },
    /** An asset has lost these names, or is about to go. */
    remove: (carrier: Carrier, aliases: readonly Alias[]): void => {
      for (const alias of usable(aliases)) {
        repo.removeAlias(alias, carrier);
        // What still identifies nothing has joined nobody before either.
        if (identifyNothing(othersOf(alias, carrier))) continue;
        assets.add(carrier.assetId);
        look(alias);
      }
    },
    /** Links anew whatever the changes since the last time concern. */
    settle: (): Touched[] => {
      if (assets.size === 0 && names.size === 0) return [];
      const seeds = [...assets];
      for (const alias of names.values())
        for (const { assetId } of repo.carriers(alias, mostCarriers + 1)) seeds.push(assetId);
      assets = new Set();
      names = new Map();
      const walked = new Set<string>();
      return seeds.flatMap((seed) => {
        const members = walked.has(seed) ? [] : walk(seed, walked);
        return members.length === 0 ? [] : relink(members);
      });
    },
    /** Forgets what was to be looked at, with a transaction that did not come about. */
    forget: (): void => {
      assets = new Set();
      names = new Map();
    },
  };
}

export type TwinLinks = ReturnType<typeof createTwinLinks>;

function usable(aliases: readonly Alias[]): readonly Alias[] {
  return aliases.slice(0, mostAliases).filter(({ value }) => value !== '');
}

function identifyNothing(carriers: readonly Carrier[]): boolean {
  return carriers.length > mostCarriers || !areOfDifferentSources(carriers);
}

function areOfDifferentSources(carriers: readonly Carrier[]): boolean {
  return carriers.length < 2 || new Set(carriers.map(({ sourceId }) => sourceId)).size === carriers.length;
}
