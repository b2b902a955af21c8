import type { AssetStatus } from '../../../shared/contract/catalogue.ts';
import type { Connection } from '../storage/open-database.ts';
import type { Standing } from './decide-telling.ts';
import type { Stamp } from './told-order.ts';

/** What is known of an asset, and where it stands. */
export interface Known extends Standing {
  readonly row: number;
}

/** An item of a source. */
export interface ItemName {
  readonly sourceId: string;
  readonly externalId: string;
}

/** What was told of an item last, and where its texts are from. */
export interface Told extends ItemName {
  readonly row: number;
  readonly hash: Buffer;
  readonly run: number;
  readonly stamp: Stamp;
  readonly textStamp: Stamp;
  readonly isBare: boolean;
}

interface KnownRow {
  row: number;
  status: AssetStatus;
  version: string | null;
  changedAtMs: number | null;
  textVersion: string | null;
  textChangedAtMs: number | null;
  isBare: number;
  hasLapsed: number;
}

/** The table asset_told. */
export function createToldRepo(db: Connection) {
  const seeAgain = db.prepare(
    'UPDATE asset_told SET seen_run = ? WHERE source_id = ? AND external_id = ? AND content_hash = ?',
  );
  const markSeen = db.prepare('UPDATE asset_told SET seen_run = ? WHERE source_id = ? AND external_id = ?');
  const known = db.prepare(`
    SELECT t.row, a.status, t.version, t.changed_at_ms AS changedAtMs, t.text_version AS textVersion,
      t.text_changed_at_ms AS textChangedAtMs, t.text_is_bare AS isBare, length(t.content_hash) = 0 AS hasLapsed
    FROM asset_told t JOIN asset a ON a.row = t.row WHERE t.source_id = ? AND t.external_id = ?`);
  const put = db.prepare(putSql);
  const add = db.prepare(`INSERT OR IGNORE ${intoTold}`);
  const fill =
    db.prepare(`UPDATE asset_told SET row = ?, text_version = ?, text_changed_at_ms = ?, text_is_bare = 0
    WHERE source_id = ? AND external_id = ?`);
  return {
    /** Whether just this was told before: then it is marked as seen and nothing else is to be done. */
    seeAgain: (item: ItemName, run: number, hash: Buffer): boolean =>
      seeAgain.run(run, item.sourceId, item.externalId, hash).changes === 1,
    markSeen: (item: ItemName, run: number): void => void markSeen.run(run, item.sourceId, item.externalId),
    known: (item: ItemName): Known | null => {
      const found = known.get(item.sourceId, item.externalId) as KnownRow | undefined;
      return found ? toKnown(found) : null;
    },
    put: (told: Told): void => void put.run(toldValues(told)),
    /** Returns false when something was told of the item before. */
    add: (told: Told): boolean => add.run(toldValues(told)).changes === 1,
    /** Its texts are from an older telling than its status. */
    putTexts: (item: ItemName, row: number, textStamp: Stamp): void =>
      void fill.run(row, textStamp.version, textStamp.changedAtMs, item.sourceId, item.externalId),
  };
}

const intoTold = `INTO asset_told (source_id, external_id, row, content_hash, seen_run, version, changed_at_ms,
  text_version, text_changed_at_ms, text_is_bare) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const putSql = `INSERT ${intoTold} ON CONFLICT (source_id, external_id) DO UPDATE SET row = excluded.row,
  content_hash = excluded.content_hash, seen_run = excluded.seen_run, version = excluded.version,
  changed_at_ms = excluded.changed_at_ms, text_version = excluded.text_version,
  text_changed_at_ms = excluded.text_changed_at_ms, text_is_bare = excluded.text_is_bare`;

function toldValues({ stamp, textStamp, ...told }: Told): (string | number | Buffer | null)[] {
  return [
    told.sourceId,
    told.externalId,
    told.row,
    told.hash,
    told.run,
    stamp.version,
    stamp.changedAtMs,
    textStamp.version,
    textStamp.changedAtMs,
    told.isBare ? 1 : 0,
  ];
}

function toKnown(found: KnownRow): Known {
  return {
    row: found.row,
    status: found.status,
    stamp: { version: found.version, changedAtMs: found.changedAtMs },
    textStamp: { version: found.textVersion, changedAtMs: found.textChangedAtMs },
    isBare: found.isBare === 1,
    hasLapsed: found.hasLapsed === 1,
  };
}
