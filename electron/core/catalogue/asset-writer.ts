import type { SourceAsset, SourceEvent } from '../sources/source-model.ts';
import { stableId } from '../stable-id.ts';
import type { Connection } from '../storage/open-database.ts';
import { toldValues } from './asset-columns.ts';
import { firstRowOf, lastRowOf, listedUnder } from './asset-row.ts';
import { createCatalogueWriteRepo, type AssetBefore, type Known } from './catalogue-write-repo.ts';
import { decideTelling } from './decide-telling.ts';
import type { AssetChange, PageOutcome } from './page-outcome.ts';
import type { createSearchTextRepo } from './search-text-repo.ts';
import { assetOf, hashOf, type Telling } from './telling.ts';
import type { Stamp } from './told-order.ts';
import type { createTwinLinks } from './twin-links.ts';

/** The run in which something is told. */
export interface Occasion {
  readonly sourceId: string;
  readonly run: number;
  readonly nowMs: number;
}

interface Taken extends Occasion {
  readonly asset: SourceAsset;
  readonly hash: Buffer;
}

/** Writes single assets and events, each within the transaction that is open. */
export function createAssetWriter(
  db: Connection,
  deps: { texts: ReturnType<typeof createSearchTextRepo>; twins: ReturnType<typeof createTwinLinks> },
) {
  const repo = createCatalogueWriteRepo(db);
  const { texts, twins } = deps;

  const insert = (place: { id: string; row: number }, taken: Taken, before: AssetBefore | null): void => {
    const { asset, sourceId, nowMs } = taken;
    repo.insert({
      ...toldValues(asset),
      ...place,
      source_id: sourceId,
      external_id: asset.externalId,
      twin_of: before?.twin_of ?? null,
      day: listedUnder(asset.dates).day,
      event_id: asset.eventExternalId === null ? null : stableId(sourceId, 'event', asset.eventExternalId),
      added_at_ms: before?.added_at_ms ?? nowMs,
      changed_at_ms: nowMs,
    });
    repo.insertRenditions(place.row, asset.renditions);
  };

  /** Null when the item is known; nothing was done then. Tried first, for in a first sync every item is new. */
  const add = (taken: Taken): AssetChange | null => {
    const { asset, sourceId, hash, run } = taken;
    const { externalId } = asset;
    const row = repo.freeRow(listedUnder(asset.dates).order);
    const stamp = stampOf(asset);
    const isBare = asset.status === 'withdrawn';
    if (!repo.addTold({ sourceId, externalId, row, hash, run, stamp, textStamp: stamp, isBare })) return null;
    const id = stableId(sourceId, 'asset', externalId);
    insert({ id, row }, taken, null);
    twins.add({ assetId: id, sourceId }, asset.aliases);
    texts.note(row, false);
    return { id, row, formerRow: null, kind: 'added', before: null, rightsChanged: true, filesChanged: true };
  };

  const rewrite = (known: Known, taken: Taken): AssetChange => {
    const { asset, sourceId } = taken;
    const before = repo.before(known.row);
    const { id } = before;
    const { order } = listedUnder(asset.dates);
    const stays = known.row >= firstRowOf(order) && known.row <= lastRowOf(order);
    const row = stays ? known.row : repo.freeRow(order);
    const files = repo.filesOf(known.row);
    repo.remove(known.row);
    insert({ id, row }, taken, before);
    if (before.aliases_json !== JSON.stringify(asset.aliases)) {
      twins.remove({ assetId: id, sourceId }, JSON.parse(before.aliases_json) as SourceAsset['aliases']);
      twins.add({ assetId: id, sourceId }, asset.aliases);
    }
    texts.note(known.row, true);
    if (!stays) texts.note(row, false);
    return {
      id,
      row,
      formerRow: stays ? null : known.row,
      kind: kindOf(before, asset),
      before: { status: before.status, version: before.version, noticeKind: before.notice_kind },
      rightsChanged: before.rights_json !== JSON.stringify(asset.rights),
      filesChanged: files !== repo.filesOf(row),
    };
  };

  /** What a tombstone says of its status; what was told of the item before stays. */
  const withdraw = (known: Known, { asset, nowMs }: Taken): AssetChange => {
    const before = repo.before(known.row);
    repo.withdraw(known.row, {
      reason: asset.statusReason,
      notice: asset.notice,
      version: asset.version,
      nowMs,
    });
    return {
      id: before.id,
      row: known.row,
      formerRow: null,
      kind: before.status === 'withdrawn' ? 'updated' : 'withdrawn',
      before: { status: before.status, version: before.version, noticeKind: before.notice_kind },
      rightsChanged: false,
      filesChanged: false,
    };
  };

  /** The texts of an older telling under the status of the newest. */
  const fill = (known: Known, taken: Taken): AssetChange => {
    const { status, status_reason, notice_kind, notice_text } = repo.before(known.row);
    const notice = notice_kind === null ? null : { kind: notice_kind, text: notice_text };
    const version = known.stamp.version ?? taken.asset.version;
    const asset = { ...taken.asset, version, status, statusReason: status_reason, notice };
    return rewrite(known, { ...taken, asset });
  };

  const change = (taken: Taken, outcome: PageOutcome): void => {
    const { asset, hash, sourceId, run } = taken;
    const { externalId } = asset;
    const known = repo.known(sourceId, externalId);
    if (!known) throw new Error(`What was told of ${externalId} has no asset.`);
    const stamp = stampOf(asset);
    const decision = decideTelling(known, { status: asset.status, stamp });
    if (decision === 'stale') {
      outcome.stale++;
      repo.markSeen({ run, sourceId, externalId });
      return;
    }
    if (decision === 'fill') {
      outcome.stale++;
      const filled = fill(known, taken);
      outcome.changed.push(filled);
      repo.markSeen({ run, sourceId, externalId });
      repo.fillTold({ row: filled.row, sourceId, externalId }, stamp);
      return;
    }
    const isTombstone = asset.status === 'withdrawn';
    const changed = decision === 'withdraw' ? withdraw(known, taken) : rewrite(known, taken);
    const now = isTombstone ? stampOfEnd(stamp, known.stamp) : stamp;
    const keepsTexts = decision === 'withdraw';
    repo.putTold({
      sourceId,
      externalId,
      row: changed.row,
      hash,
      run,
      stamp: now,
      textStamp: keepsTexts ? known.textStamp : now,
      isBare: isTombstone && !keepsTexts,
    });
    outcome.changed.push(changed);
    outcome[changed.kind === 'withdrawn' ? 'withdrawn' : 'updated']++;
  };

  return {
    write: (telling: Telling, { sourceId, run, nowMs }: Occasion, outcome: PageOutcome): void => {
      const { externalId } = telling;
      const hash = hashOf(telling);
      if (repo.seeAgain({ run, sourceId, externalId, hash })) {
        outcome.unchanged++;
        return;
      }
      const asset = assetOf(telling);
      const taken = { sourceId, run, nowMs, asset, hash };
      const added = add(taken);
      if (!added) return change(taken, outcome);
      outcome.changed.push(added);
      outcome[asset.status === 'withdrawn' ? 'withdrawn' : 'added']++;
    },
    /** An event's title is a text of its assets, so they are found by the new one. */
    writeEvent: (sourceId: string, event: SourceEvent, outcome: PageOutcome): void => {
      const id = stableId(sourceId, 'event', event.externalId);
      const title = repo.eventTitle(id);
      repo.putEvent(id, sourceId, event);
      if (title === event.title) return;
      texts.noteEvent(id);
      outcome.touched.push(...repo.assetsOfEvent(id));
    },
  };
}

function stampOf(asset: SourceAsset): Stamp {
  return { version: asset.version, changedAtMs: asset.dates.changed?.atMs ?? null };
}

/** A tombstone often has no stamp at all; what is older than the last telling is still older than its end. */
function stampOfEnd(stamp: Stamp, known: Stamp): Stamp {
  return stamp.version === null && stamp.changedAtMs === null ? known : stamp;
}

function kindOf(before: AssetBefore, asset: SourceAsset): AssetChange['kind'] {
  if (asset.status === 'withdrawn') return before.status === 'withdrawn' ? 'updated' : 'withdrawn';
  if (before.status === 'withdrawn') return 'revived';
  const { notice } = asset;
  if (notice?.kind !== 'correction') return 'updated';
  const isKnown = before.notice_kind === 'correction' && before.notice_text === notice.text;
  return isKnown && before.version === asset.version ? 'updated' : 'corrected';
}
