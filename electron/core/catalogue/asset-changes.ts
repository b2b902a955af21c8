import type { SourceAsset } from '../sources/source-model.ts';
import { stableId } from '../stable-id.ts';
import type { Connection } from '../storage/open-database.ts';
import { toldValues } from './asset-columns.ts';
import { firstRowOf, lastRowOf, listedUnder } from './asset-row.ts';
import { createCatalogueWriteRepo, type AssetBefore } from './catalogue-write-repo.ts';
import type { AssetChange } from './page-outcome.ts';
import type { SearchTextRepo } from './search-text-repo.ts';
import type { Known } from './told-repo.ts';
import type { TwinLinks } from './twin-links.ts';

/** Something told of an item, to be made true. */
export interface Taken {
  readonly sourceId: string;
  readonly nowMs: number;
  readonly asset: SourceAsset;
}

/** Makes true in the tables what was told of an item, and says what has changed by it. */
export function createAssetChanges(db: Connection, deps: { texts: SearchTextRepo; twins: TwinLinks }) {
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
  /** Takes all of it anew; what the asset keeps is its id, when it came, and its row while its day is the same. */
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

  return {
    rewrite,
    freeRow: ({ asset }: Taken): number => repo.freeRow(listedUnder(asset.dates).order),
    add: (row: number, taken: Taken): AssetChange => {
      const { asset, sourceId } = taken;
      const id = stableId(sourceId, 'asset', asset.externalId);
      insert({ id, row }, taken, null);
      twins.add({ assetId: id, sourceId }, asset.aliases);
      texts.note(row, false);
      const change = { id, row, formerRow: null, before: null };
      return { ...change, kind: 'added', rightsChanged: true, filesChanged: true };
    },
    /** What a tombstone says of its status; what was told of the item before stays. */
    withdraw: ({ row }: Known, { asset, nowMs }: Taken): AssetChange => {
      const before = repo.before(row);
      const { version, statusReason: reason, notice } = asset;
      repo.withdraw(row, { reason, notice, version, nowMs });
      return {
        id: before.id,
        row,
        formerRow: null,
        kind: before.status === 'withdrawn' ? 'updated' : 'withdrawn',
        before: { status: before.status, version: before.version, noticeKind: before.notice_kind },
        rightsChanged: false,
        filesChanged: false,
      };
    },
    /** The texts of an older telling under the status of the newest. */
    fill: (known: Known, taken: Taken): AssetChange => {
      const { status, status_reason, notice_kind, notice_text } = repo.before(known.row);
      const notice = notice_kind === null ? null : { kind: notice_kind, text: notice_text };
      const version = known.stamp.version ?? taken.asset.version;
      const asset = { ...taken.asset, version, status, statusReason: status_reason, notice };
      return rewrite(known, { ...taken, asset });
    },
  };
}

function kindOf(before: AssetBefore, asset: SourceAsset): AssetChange['kind'] {
  if (asset.status === 'withdrawn') return before.status === 'withdrawn' ? 'updated' : 'withdrawn';
  if (before.status === 'withdrawn') return 'revived';
  const { notice } = asset;
  if (notice?.kind !== 'correction') return 'updated';
  const isKnown = before.notice_kind === 'correction' && before.notice_text === notice.text;
  return isKnown && before.version === asset.version ? 'updated' : 'corrected';
}
