import { sameAddress } from '../reading/addresses.ts';
import { createBreather } from '../reading/breathing.ts';
import type { ItemFailure, SourceAsset } from '../source-model.ts';
import type { RawFeed } from './feed-document.ts';
import { fileId, identityOf, isClip, toAsset } from './item-asset.ts';
import { isSigned } from '../reading/signed-address.ts';
import type { ItemFacts } from './item-facts.ts';

/** Entries of one page that are read. */
const mostEntries = 20_000;

/** The entries of a page as assets. */
export interface CollectedItems {
  readonly assets: SourceAsset[];
  readonly failures: ItemFailure[];
  readonly leftOut: number;
  /** Addresses that are signed, by the names of their files: they are of this reading only. */
  readonly signed: ReadonlyMap<string, string>;
}

/**
 * Makes assets of the entries of a page: each by itself, so that an odd one costs itself and no other, and then as a
 * whole, for what several of them share (a page, a trailer) names none of them.
 */
export async function collectItems(
  raw: RawFeed,
  at: { url: string; nowMs: number },
): Promise<CollectedItems> {
  const failures: ItemFailure[] = [];
  const items: ItemFacts[] = [];
  const breathe = createBreather();
  for (const [index, read] of raw.items.slice(0, mostEntries).entries()) {
    await breathe();
    const where = `entry ${index + 1}`;
    try {
      const facts = read();
      if (facts === null) failures.push({ where, why: 'It is no entry of a feed.' });
      else items.push(facts);
    } catch (error) {
      failures.push({ where, why: error instanceof Error ? error.message : String(error) });
    }
  }
  if (raw.items.length > mostEntries) {
    const why = `There are ${raw.items.length} entries on one page; those behind it were not read.`;
    failures.push({ where: `entry ${mostEntries}`, why });
  }
  const kept = withVideo(items);
  const pages = countsOf(items.map(({ page }) => page));
  const homes = new Set(
    [raw.home, at.url].flatMap((address) => (address === null ? [] : sameAddress(address))),
  );
  const signed = new Map<string, string>();
  const assets: SourceAsset[] = [];
  for (const facts of kept) {
    await breathe();
    const page = facts.page === null ? null : sameAddress(facts.page);
    const isOwn = page !== null && !homes.has(page) && !isFrontPage(page) && (pages.get(page) ?? 0) < 2;
    const ownPage = isOwn ? facts.page : null;
    const externalId = identityOf(facts, ownPage);
    if (externalId === null) {
      const why = 'It has no guid, no page of its own and no file to be known by.';
      failures.push({ where: facts.where, why });
      continue;
    }
    for (const { address } of facts.files) {
      if (isSigned(address)) signed.set(fileId(externalId, address), address);
    }
    assets.push(toAsset(facts, { externalId, ownPage, nowMs: at.nowMs }));
  }
  return {
    assets: withOwnAliases([...newestOfEach(assets), ...raw.removed]),
    failures,
    leftOut: items.length - kept.length,
    signed,
  };
}

/**
 * Entries with video or sound, and those that promise it where that is to be believed: in a feed that has files, or
 * whose entries promise them for the most part. Among articles, a category "Video" is a word.
 */
function withVideo(items: readonly ItemFacts[]): ItemFacts[] {
  const hasClip = (facts: ItemFacts): boolean => facts.files.some(isClip);
  const promised = items.filter(({ announcesVideo }) => announcesVideo).length;
  const isMediaFeed = items.some(hasClip) || promised * 2 >= items.length;
  return items.filter(
    (facts) => hasClip(facts) || facts.standing !== null || (isMediaFeed && facts.announcesVideo),
  );
}

function isFrontPage(page: string): boolean {
  const { pathname, search } = new URL(page);
  return pathname === '/' && search === '';
}

function countsOf(addresses: readonly (string | null)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const address of addresses) {
    if (address === null) continue;
    const key = sameAddress(address);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** A page may hold several versions of one entry: the newest holds, and of equal ones the first. */
function newestOfEach(assets: readonly SourceAsset[]): SourceAsset[] {
  const byId = new Map<string, SourceAsset>();
  for (const asset of assets) {
    const known = byId.get(asset.externalId);
    if (known === undefined || (asset.version ?? '') > (known.version ?? ''))
      byId.set(asset.externalId, asset);
  }
  return [...byId.values()];
}

function withOwnAliases(assets: readonly SourceAsset[]): SourceAsset[] {
  const key = ({ scheme, value }: { scheme: string; value: string }): string => `${scheme} ${value}`;
  const counts = new Map<string, number>();
  for (const alias of assets.flatMap(({ aliases }) => aliases)) {
    counts.set(key(alias), (counts.get(key(alias)) ?? 0) + 1);
  }
  return assets.map((asset) => ({
    ...asset,
    aliases: asset.aliases.filter((alias) => counts.get(key(alias)) === 1),
  }));
}
