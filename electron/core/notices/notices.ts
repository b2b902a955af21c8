import type { Notice } from '../../../shared/contract/notices.ts';
import type { AssetId, ClipId, SourceId } from '../../../shared/contract/values.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Clock, Notify } from '../ports.ts';
import { atomic } from '../storage/atomic.ts';
import type { Connection } from '../storage/open-database.ts';
import { compareTold } from './compare-told.ts';
import { createHoldersRepo } from './holders-repo.ts';
import { changesOf, createNoticesRepo, type NoticeRow, type NoticeSubject } from './notices-repo.ts';
import { told, type Told } from './told.ts';

/** How an item stands in the catalogue now. */
export interface ReadAsset extends NoticeSubject {
  readonly told: Told;
}

/** How many assets of a sync are looked at together. */
const atOnce = 500;

/** What the sources say of items that are held here. No file is ever touched: a person decides. */
export interface NoticesArea {
  list(asked: {
    open?: boolean | undefined;
    assetId?: AssetId | undefined;
    clipId?: ClipId | undefined;
    cursor?: string | undefined;
    limit: number;
  }): { total: number; items: Notice[]; cursor: string | null };
  count(): { open: number; stop: number };
  acknowledge(ids: readonly string[], note: string | undefined): { acknowledged: number };
  /** Looks at assets that a sync has changed, and tells the holders of those that are held. */
  consider(assetIds: readonly string[]): void;
}

/** Builds the notices area over user.db. */
export function createNotices(deps: {
  db: Connection;
  clock: Clock;
  notify: Notify;
  /** An item as the catalogue has it; null when the catalogue does not know it. */
  readAsset: (assetId: string) => ReadAsset | null;
  /** The same items as other sources carry them, each without itself; those that have none are left out. */
  twinsOf: (assetIds: readonly string[]) => ReadonlyMap<string, readonly string[]>;
  /** What a download kept of its asset, if that was told then. */
  toldThen: (snapshotJson: string | null) => Partial<Told> | null;
}): NoticesArea {
  const repo = createNoticesRepo(deps.db);
  const holders = createHoldersRepo(deps.db);

  /** What the holders know: as told last, else as it was when they took it, else as it is. */
  const knownOf = (held: readonly string[], now: ReadAsset): Told => {
    const stored = repo.findTold(now.assetId);
    if (stored !== null) return told.parse(JSON.parse(stored));
    const [newest] = holders.takenOf(held);
    const then = deps.toldThen(newest?.snapshotJson ?? null);
    // Nobody takes what is not released; what was not kept then cannot be told apart from now.
    return { ...now.told, status: 'usable', notice: null, statusReason: null, ...then };
  };

  const withTwins = (assetId: string): string[] => [assetId, ...(deps.twinsOf([assetId]).get(assetId) ?? [])];

  const lookAt = atomic(deps.db, (assetId: string, held: readonly string[]): string[] => {
    const now = deps.readAsset(assetId);
    if (!now) return [];
    const files = holders.takenOf(held).flatMap(({ renditionExternalId: id }) => (id === null ? [] : [id]));
    const news = compareTold(knownOf(held, now), now.told, [...new Set(files)]);
    repo.putTold(assetId, now.told);
    return news.map((one) => repo.add(now, one, deps.clock.now()));
  });

  const consider = (assetIds: readonly string[]): void => {
    for (let at = 0; at < assetIds.length; at += atOnce) {
      const some = assetIds.slice(at, at + atOnce);
      const twins = deps.twinsOf(some);
      const held = new Set(holders.heldOf([...some, ...[...twins.values()].flat()]));
      if (held.size === 0) continue;
      for (const assetId of some) {
        const ofThis = [assetId, ...(twins.get(assetId) ?? [])].filter((id) => held.has(id));
        if (ofThis.length === 0) continue;
        for (const id of lookAt(assetId, ofThis)) deps.notify('notice', id);
      }
    }
  };

  const view = (row: NoticeRow): Notice => ({
    id: row.id,
    assetId: row.asset_id as AssetId,
    sourceId: row.source_id as SourceId | null,
    sourceName: row.source_name,
    title: row.title,
    kind: row.kind,
    severity: row.severity,
    text: row.text,
    changes: changesOf(row),
    atMs: row.at_ms,
    acknowledgedAtMs: row.acknowledged_at_ms,
    note: row.note,
    holders: holders.holdersOf(withTwins(row.asset_id)),
  });

  return {
    consider,
    count: () => repo.counts(),
    list: ({ open = false, assetId, clipId, cursor, limit }) => {
      const filter = { open, assetIds: wantedAssets({ holders, withTwins }, { assetId, clipId }) };
      const rows = repo.list(filter, { before: toPosition(cursor), limit: limit + 1 });
      const page = rows.slice(0, limit);
      return {
        total: repo.count(filter),
        items: page.map(view),
        cursor: rows.length > limit ? String(page.at(-1)?.position) : null,
      };
    },
    acknowledge: (ids, note) => {
      const now = deps.clock.now();
      const done = ids.filter((id) => repo.acknowledge(id, { note: note ?? null, now }));
      for (const id of done) deps.notify('notice', id);
      return { acknowledged: done.length };
    },
  };
}

function wantedAssets(
  {
    holders,
    withTwins,
  }: { holders: ReturnType<typeof createHoldersRepo>; withTwins: (id: string) => string[] },
  asked: { assetId: string | undefined; clipId: string | undefined },
): readonly string[] | null {
  const ofClip = asked.clipId === undefined ? undefined : holders.assetOfClip(asked.clipId);
  if (ofClip === null) return [];
  const wanted = asked.assetId ?? ofClip;
  return wanted === undefined ? null : withTwins(wanted);
}

function toPosition(cursor: string | undefined): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER;
  const position = Number(cursor);
  if (Number.isSafeInteger(position)) return position;
  throw new RushesError('USAGE', 'The cursor is not one that Rushes has given.');
}
