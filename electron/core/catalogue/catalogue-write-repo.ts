import type { AssetNotice, AssetStatus } from '../../../shared/contract/catalogue.ts';
import type { SourceEvent, SourceRendition } from '../sources/source-model.ts';
import type { Connection } from '../storage/open-database.ts';
import { renditionColumns, renditionValues, toldColumns, type Columns } from './asset-columns.ts';
import { firstRowOf, lastRowOf } from './asset-row.ts';
import type { Standing } from './decide-telling.ts';
import type { Stamp } from './told-order.ts';

/** How many days' next free rows are remembered. */
const mostDays = 10_000;

const placeColumns = ['row', 'id', 'source_id', 'external_id', 'twin_of', 'day', 'event_id'] as const;
const timeColumns = ['added_at_ms', 'changed_at_ms'] as const;
const assetColumns = [...placeColumns, ...timeColumns, ...toldColumns] as const;

/** An asset as the table keeps it. */
export type AssetValues = Columns<(typeof assetColumns)[number]>;

/** What is known of an asset, and where it stands. */
export interface Known extends Standing {
  readonly row: number;
}

/** What asset_told keeps of an asset. */
export interface Told {
  readonly sourceId: string;
  readonly externalId: string;
  readonly row: number;
  readonly hash: Buffer;
  readonly run: number;
  readonly stamp: Stamp;
  readonly textStamp: Stamp;
  readonly isBare: boolean;
}

/** What an asset was before a change. */
export interface AssetBefore {
  readonly id: string;
  readonly version: string | null;
  readonly status: AssetStatus;
  readonly status_reason: string | null;
  readonly notice_kind: AssetNotice['kind'] | null;
  readonly notice_text: string | null;
  readonly twin_of: string | null;
  readonly added_at_ms: number;
  readonly aliases_json: string;
  readonly rights_json: string;
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

/** The writing half of catalogue.db, as far as assets and events go. */
export function createCatalogueWriteRepo(db: Connection) {
  const seeAgain = db.prepare(
    'UPDATE asset_told SET seen_run = ? WHERE source_id = ? AND external_id = ? AND content_hash = ?',
  );
  const markSeen = db.prepare('UPDATE asset_told SET seen_run = ? WHERE source_id = ? AND external_id = ?');
  const known = db.prepare(`
    SELECT t.row, a.status, t.version, t.changed_at_ms AS changedAtMs, t.text_version AS textVersion,
      t.text_changed_at_ms AS textChangedAtMs, t.text_is_bare AS isBare, length(t.content_hash) = 0 AS hasLapsed
    FROM asset_told t JOIN asset a ON a.row = t.row WHERE t.source_id = ? AND t.external_id = ?`);
  const before =
    db.prepare(`SELECT id, version, status, status_reason, notice_kind, notice_text, twin_of, added_at_ms,
    aliases_json, rights_json FROM asset WHERE row = ?`);
  const putTold = db.prepare(`INSERT OR REPLACE ${intoTold}`);
  const addTold = db.prepare(`INSERT OR IGNORE ${intoTold}`);
  const fillTold =
    db.prepare(`UPDATE asset_told SET row = ?, text_version = ?, text_changed_at_ms = ?, text_is_bare = 0
    WHERE source_id = ? AND external_id = ?`);
  const highest = db.prepare('SELECT max(row) FROM asset WHERE row BETWEEN ? AND ?').pluck();
  const insertAsset = db.prepare(insertion('asset', assetColumns));
  const removeAsset = db.prepare('DELETE FROM asset WHERE row = ?');
  const withdraw = db.prepare(`UPDATE asset SET status = 'withdrawn', status_reason = :reason,
    notice_kind = :noticeKind, notice_text = :noticeText, version = coalesce(:version, version), changed_at_ms = :nowMs
    WHERE row = :row`);
  const insertRendition = db.prepare(insertion('rendition', renditionColumns));
  const files = db
    .prepare(`SELECT external_id || ' ' || coalesce(hash, size_bytes, '') FROM rendition
    WHERE asset_row = ? ORDER BY external_id`)
    .pluck();
  const eventTitle = db.prepare('SELECT title FROM catalogue_event WHERE id = ?').pluck();
  const putEvent = db.prepare(putEventSql);
  const ofEvent = db.prepare('SELECT id, row FROM asset WHERE event_id = ?');
  const freeRows = new Map<string | null, number>();

  return {
    /** Whether just this was told before: then it is marked as seen and nothing else is to be done. */
    seeAgain: (seen: { run: number; sourceId: string; externalId: string; hash: Buffer }): boolean =>
      seeAgain.run(seen.run, seen.sourceId, seen.externalId, seen.hash).changes === 1,
    markSeen: (seen: { run: number; sourceId: string; externalId: string }): void =>
      void markSeen.run(seen.run, seen.sourceId, seen.externalId),
    known: (sourceId: string, externalId: string): Known | null => {
      const found = known.get(sourceId, externalId) as KnownRow | undefined;
      return found ? toKnown(found) : null;
    },
    before: (row: number): AssetBefore => before.get(row) as AssetBefore,
    putTold: (told: Told): void => void putTold.run(toldValues(told)),
    /** Returns false when something was told of the item before. */
    addTold: (told: Told): boolean => addTold.run(toldValues(told)).changes === 1,
    /** Its texts are from an older telling than its status. */
    fillTold: (of: { row: number; sourceId: string; externalId: string }, textStamp: Stamp): void =>
      void fillTold.run(of.row, textStamp.version, textStamp.changedAtMs, of.sourceId, of.externalId),
    /** A row of a day that none has had since the catalogue was opened, so that nothing of another is found under it. */
    freeRow: (order: string | null): number => {
      const first = firstRowOf(order);
      const row =
        freeRows.get(order) ?? ((highest.get(first, lastRowOf(order)) as number | null) ?? first - 1) + 1;
      if (freeRows.size >= mostDays) freeRows.clear();
      freeRows.set(order, row + 1);
      return row;
    },
    insert: (asset: AssetValues): void => void insertAsset.run(assetColumns.map((column) => asset[column])),
    /** Removes an asset with its renditions. */
    remove: (row: number): void => void removeAsset.run(row),
    withdraw: (
      row: number,
      as: { reason: string | null; notice: AssetNotice | null; version: string | null; nowMs: number },
    ): void =>
      void withdraw.run({
        row,
        reason: as.reason,
        noticeKind: as.notice?.kind ?? null,
        noticeText: as.notice?.text ?? null,
        version: as.version,
        nowMs: as.nowMs,
      }),
    /** A file that an asset tells twice counts once. */
    insertRenditions: (row: number, renditions: readonly SourceRendition[]): void => {
      const told = new Set<string>();
      for (const [position, rendition] of renditions.entries()) {
        if (told.has(rendition.externalId)) continue;
        told.add(rendition.externalId);
        const values = renditionValues(rendition, { row, position });
        insertRendition.run(renditionColumns.map((column) => values[column]));
      }
    },
    /** What can be told of the files of an asset, as one text to be compared. */
    filesOf: (row: number): string => JSON.stringify(files.all(row)),
    eventTitle: (eventId: string): string | null => (eventTitle.get(eventId) as string | undefined) ?? null,
    putEvent: (id: string, sourceId: string, event: SourceEvent): void =>
      void putEvent.run({
        ...event,
        id,
        sourceId,
        people: JSON.stringify(event.people),
        organisations: JSON.stringify(event.organisations),
      }),
    assetsOfEvent: (eventId: string) => ofEvent.all(eventId) as { id: string; row: number }[],
  };
}
export type CatalogueWriteRepo = ReturnType<typeof createCatalogueWriteRepo>;

const intoTold = `INTO asset_told (source_id, external_id, row, content_hash, seen_run, version, changed_at_ms,
  text_version, text_changed_at_ms, text_is_bare) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

function toldValues({ stamp, textStamp, ...told }: Told): (string | number | Buffer | null)[] {
  return [
    ...[told.sourceId, told.externalId, told.row, told.hash, told.run],
    ...[stamp.version, stamp.changedAtMs, textStamp.version, textStamp.changedAtMs, told.isBare ? 1 : 0],
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

function insertion(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
}

const putEventSql = `
  INSERT OR REPLACE INTO catalogue_event (id, source_id, external_id, title, first_day, last_day, place, people_json,
    organisations_json, summary, page_url)
  VALUES (:id, :sourceId, :externalId, :title, :firstDay, :lastDay, :place, :people, :organisations, :summary,
    :pageUrl)`;
