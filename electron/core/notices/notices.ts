import { setImmediate } from 'node:timers/promises';
import type { Notice } from '../../../shared/contract/notices.ts';
import type { AssetId, ClipId, SourceId } from '../../../shared/contract/values.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Notify } from '../ports.ts';
import { atomic } from '../storage/atomic.ts';
import { createHoldersRepo } from './holders-repo.ts';
import { createLooking, type LookingDeps } from './look-at-held.ts';
import { createLookingForMissing, type NamedSource } from './look-for-missing.ts';
import { changesOf, createNoticesRepo, type NoticeRow } from './notices-repo.ts';

/** How many assets of a sync are looked at together, and how many between two pauses where nobody waits for them. */
const atOnce = 500;
const betweenPauses = 50;

/** What the sources say of items that are held here. No file is ever touched: a person decides. */
export interface NoticesArea {
  list(asked: {
    open?: boolean | undefined;
    assetId?: AssetId | undefined;
    clipId?: ClipId | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<{ total: number; items: Notice[]; cursor: string | null }>;
  count(): Promise<{ open: number; stop: number }>;
  acknowledge(ids: readonly string[], note: string | undefined): { acknowledged: number };
  /** Looks at assets that a sync has changed, and tells the holders of those that are held. */
  consider(assetIds: readonly string[]): void;
  /**
   * After a reading that has shown all that a source lists: tells of what is held of it and is not there any more,
   * though no sync could see it go. Too much of it at once is not believed, and told by `doubtOf` alone.
   */
  considerMissing(source: NamedSource): Promise<void>;
  /** Why what is missing of a source was not told, a sentence; null when nothing is in doubt. */
  doubtOf(sourceId: string, wasDoubted: boolean): Promise<string | null>;
  /**
   * Looks once at all that is held: what a sync has read just before it was killed was told to nobody. Whoever lists or
   * counts waits for it.
   */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

/** Builds the notices area over user.db. */
export function createNotices(deps: LookingDeps & { readonly notify: Notify }): NoticesArea {
  const repo = createNoticesRepo(deps.db);
  const holders = createHoldersRepo(deps.db);

  const { lookAtAll, withTwins } = createLooking(deps, { repo, holders });
  let caughtUp: Promise<void> | null = null;
  let open = true;
  const missing = createLookingForMissing(deps, { repo, holders });

  const consider = (assetIds: readonly string[]): void => {
    for (let at = 0; at < assetIds.length; at += atOnce) {
      for (const id of lookAtAll(assetIds.slice(at, at + atOnce))) deps.notify('notice', id);
    }
  };

  const lookThrough = async (): Promise<void> => {
    const held = holders.allHeld();
    for (let at = 0; open && at < held.length; at += betweenPauses) {
      consider(held.slice(at, at + betweenPauses).flatMap(withTwins));
      await setImmediate();
    }
  };
  const catchUp = (): Promise<void> => {
    caughtUp ??= lookThrough().catch((error: unknown) => {
      caughtUp = null;
      throw error;
    });
    return caughtUp;
  };

  const acknowledgeAll = atomic(deps.db, (ids: readonly string[], as: { note: string | null; now: number }) =>
    ids.filter((id) => repo.acknowledge(id, as)),
  );

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
    considerMissing: missing.considerMissing,
    doubtOf: missing.doubtOf,
    catchUp,
    count: async () => {
      await catchUp();
      return repo.counts();
    },
    list: async ({ open: unseen = false, assetId, clipId, cursor, limit }) => {
      await catchUp();
      const filter = { open: unseen, assetIds: wantedAssets({ holders, withTwins }, { assetId, clipId }) };
      const rows = repo.list(filter, { before: toPosition(cursor), limit: limit + 1 });
      const page = rows.slice(0, limit);
      return {
        total: repo.count(filter),
        items: page.map(view),
        cursor: rows.length > limit ? String(page.at(-1)?.position) : null,
      };
    },
    acknowledge: (ids, note) => {
      const done = acknowledgeAll(ids, { note: note ?? null, now: deps.clock.now() });
      for (const id of done) deps.notify('notice', id);
      return { acknowledged: done.length };
    },
    close: async () => {
      open = false;
      await caughtUp?.catch(() => undefined);
      await missing.close();
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
