import type { AssetRow } from '../../../shared/contract/catalogue.ts';
import type { AssetId } from '../../../shared/contract/values.ts';
import type { RulePreview, RuleWish } from '../../../shared/contract/rules.ts';
import type { RulesRepo } from './rules-repo.ts';

/** How many found assets one run looks through, newest first. */
export const mostLookedAt = 20_000;
/** Assets on a page, and how many a preview shows. */
const pageSize = 500;
const mostShown = 50;

/** The file that a wish takes of an asset. */
export interface ChosenFile {
  readonly fileName: string;
  /** Exact. */
  readonly sizeBytes: number | null;
  /** As good as it is known: a rounded size is one too. */
  readonly weightBytes: number | null;
}

/** What planning stands on. */
export interface PlanDeps {
  readonly repo: RulesRepo;
  readonly now: () => number;
  /** A page of what a saved search finds, newest first. */
  readonly search: (
    searchId: string,
    page: { cursor: string | undefined; limit: number; signal: AbortSignal },
  ) => Promise<{ items: readonly AssetRow[]; cursor: string | null }>;
  /** Null when the asset offers no file. */
  readonly choose: (assetId: string, wish: RuleWish['rendition']) => ChosenFile | null;
  /** Whether the rights forbid to use it as things stand: they have expired, or an embargo holds. */
  readonly isBlocked: (assetId: string) => boolean;
  /** The same items as other sources carry them, each without itself; those that have none are left out. */
  readonly twinsOf: (assetIds: readonly string[]) => ReadonlyMap<string, readonly string[]>;
}

/** One asset that a rule takes. */
export interface Take extends ChosenFile {
  readonly assetId: AssetId;
  readonly title: string;
  readonly day: string | null;
}

/** What a rule takes now, and why it leaves the rest alone. */
export interface Plan {
  readonly takes: readonly Take[];
  readonly counts: Omit<RulePreview, 'items'>;
  /** Of those beyond the limits the ones that are larger than all a day may bring: no day has room for them. */
  readonly tooLarge: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Goes through what the search finds and says what the rule takes of it, within what its limits leave of the day. */
export async function planRule(
  deps: PlanDeps,
  rule: RuleWish & { readonly id: string | null },
  signal: AbortSignal,
): Promise<Plan> {
  const taken = rule.id === null ? none : deps.repo.takenSince(rule.id, deps.now() - dayMs);
  const room = {
    files: (rule.mostFiles ?? Infinity) - taken.files,
    bytes: (rule.mostBytes ?? Infinity) - taken.bytes,
  };
  const counts = blank();
  const takes: Take[] = [];
  let tooLarge = 0;
  let cursor: string | undefined;
  for (let looked = 0; looked < mostLookedAt; looked += pageSize) {
    const page = await deps.search(rule.searchId, { cursor, limit: pageSize, signal });
    for (const take of sift(deps, { rule, page: page.items }, counts)) {
      const size = take.weightBytes ?? 0;
      if (counts.files >= room.files || counts.bytes + size > room.bytes) {
        counts.beyondLimit++;
        if (size > (rule.mostBytes ?? Infinity)) tooLarge++;
        continue;
      }
      if (deps.isBlocked(take.assetId)) {
        counts.notReleased++;
        continue;
      }
      counts.files++;
      counts.bytes += size;
      if (take.weightBytes === null) counts.unknownSizes++;
      takes.push(take);
    }
    if (page.cursor === null) return { takes, counts, tooLarge };
    cursor = page.cursor;
  }
  return { takes, counts: { ...counts, more: true }, tooLarge };
}

/** What a preview shows of a plan. */
export function toPreview({ takes, counts }: Plan): RulePreview {
  const items = takes
    .slice(0, mostShown)
    .map(({ assetId, title, day, fileName, sizeBytes }) => ({ assetId, title, day, fileName, sizeBytes }));
  return { ...counts, items };
}

/**
 * The assets of a page that could be taken; the others are counted by why they are not. What another source carries too
 * is here, or was, when it is or was as that.
 */
function sift(
  { repo, choose, twinsOf }: PlanDeps,
  { rule, page }: { rule: RuleWish & { readonly id: string | null }; page: readonly AssetRow[] },
  counts: ReturnType<typeof blank>,
): Take[] {
  const twins = twinsOf(page.map(({ id }) => id));
  const namesOf = (id: string): string[] => [id, ...(twins.get(id) ?? [])];
  const ids = page.flatMap(({ id }) => namesOf(id));
  const here = repo.hereOf(ids);
  const before = rule.keepOut ? repo.beforeOf(rule.id, ids) : new Set<string>();
  const takes: Take[] = [];
  for (const asset of page) {
    const names = namesOf(asset.id);
    if (names.some((name) => here.has(name))) counts.here++;
    else if (names.some((name) => before.has(name))) counts.deleted++;
    else if (rule.fromDay !== null && (asset.day ?? '') < rule.fromDay) counts.tooOld++;
    else if (asset.status !== 'usable') counts.notReleased++;
    else {
      const file = choose(asset.id, rule.rendition);
      if (file) takes.push({ assetId: asset.id, title: asset.title, day: asset.day, ...file });
      else counts.noFile++;
    }
  }
  return takes;
}

const none = { files: 0, bytes: 0 };

function blank() {
  return {
    files: 0,
    bytes: 0,
    unknownSizes: 0,
    beyondLimit: 0,
    here: 0,
    deleted: 0,
    notReleased: 0,
    tooOld: 0,
    noFile: 0,
    more: false,
  };
}
