import type { EventList, AssetPage } from '../../../shared/portal-api/catalogue.ts';
import { defaultPageSize } from '../../../shared/portal-api/catalogue.ts';
import type { PortalAsset } from '../../../shared/portal-api/asset.ts';
import type { AssetPatch } from '../options.ts';
import { PortalFailure } from '../portal-failure.ts';
import type { PortalDb } from '../storage/open-portal-db.ts';
import type { AssetBody, CatalogueRepo, StoredAsset } from './catalogue-repo.ts';
import { packCursor, readChangeCursor, readPageCursor } from './cursors.ts';
import type { PageCursor } from './cursors.ts';
import type { EventRepo } from './event-repo.ts';

/** A listing as asked for. */
export interface ListRequest {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
  readonly changedSince?: string | undefined;
}

/** The catalogue as the outside sees it. */
export interface Catalogue {
  list(request: ListRequest): AssetPage;
  find(assetId: string): PortalAsset;
  events(): EventList;
  touch(assetId: string, patch: AssetPatch): void;
  withdraw(assetId: string): void;
}

/** Brings the catalogue rules over its store. */
export function createCatalogue(deps: {
  db: PortalDb;
  repo: CatalogueRepo;
  events: EventRepo;
  portal: string;
  now: () => number;
}): Catalogue {
  const { db, repo, portal, now } = deps;

  /** An embargo ends by the clock; the first reader after that makes it a change like any other. */
  const releaseDue = db.transaction((nowMs: number) => {
    for (const stored of repo.dueForRelease(nowMs))
      change(repo, stored, { patch: { status: 'usable' }, nowMs });
  });

  const require = (assetId: string): StoredAsset => {
    const stored = repo.find(assetId);
    if (stored === undefined) throw new PortalFailure('NOT_FOUND', 'There is no such asset.');
    return stored;
  };

  return {
    list(request) {
      const nowMs = now();
      releaseDue(nowMs);
      const at = startOf(request, portal, repo.lastChange());
      const limit = request.limit ?? defaultPageSize;
      return { ...readPage(repo, at, limit), changeCursor: packCursor({ portal, seq: at.upTo }), nowMs };
    },
    find(assetId) {
      releaseDue(now());
      return require(assetId).asset;
    },
    events: () => ({ items: deps.events.list() }),
    touch(assetId, patch) {
      change(repo, require(assetId), { patch, nowMs: now() });
    },
    withdraw(assetId) {
      change(repo, require(assetId), { patch: tombstone, nowMs: now() });
    },
  };
}

/** What is left of a withdrawn asset: id, story, title and days stay, so that its holders can be told. */
export const tombstone = {
  status: 'withdrawn',
  teaser: '',
  synopsis: '',
  shotlist: '',
  transcript: '',
  people: [],
  organisations: [],
  keywords: [],
  renditions: [],
} satisfies AssetPatch;

function change(
  repo: CatalogueRepo,
  stored: StoredAsset,
  { patch, nowMs }: { patch: AssetPatch; nowMs: number },
) {
  const { version: _version, changedAtMs: _changedAtMs, ...body } = stored.asset;
  const next: AssetBody = { ...body, ...patch };
  repo.put(next, { atMs: nowMs, seedHash: stored.seedHash });
}

function startOf(
  request: ListRequest,
  portal: string,
  lastChange: number,
): Omit<PageCursor, 'after'> & { after?: number } {
  if (request.cursor !== undefined) return readPageCursor(request.cursor, portal);
  if (request.changedSince === undefined) return { portal, upTo: lastChange };
  const { seq } = readChangeCursor(request.changedSince, portal);
  return { portal, since: seq, upTo: lastChange };
}

function readPage(
  repo: CatalogueRepo,
  at: Omit<PageCursor, 'after'> & { after?: number },
  limit: number,
): Pick<AssetPage, 'items' | 'nextCursor' | 'total'> {
  // One more than asked for tells whether another page follows.
  const found =
    at.since === undefined
      ? repo.pageById(at.after, limit + 1)
      : repo.pageByChange({ after: at.after ?? at.since, upTo: at.upTo }, limit + 1);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const total =
    at.since === undefined ? repo.countListed() : repo.countChanged({ after: at.since, upTo: at.upTo });
  const nextCursor =
    last === undefined || found.length <= limit
      ? null
      : packCursor({ ...at, after: at.since === undefined ? Number(last.asset.id) : last.changeSeq });
  return { items: page.map((stored) => stored.asset), nextCursor, total };
}
