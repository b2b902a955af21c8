import type { SourceAsset, SourceEvent } from '../sources/source-model.ts';
import { stableId } from '../stable-id.ts';
import type { Connection } from '../storage/open-database.ts';
import { firstRowOf, lastRowOf } from './asset-row.ts';
import { createAssetTextRepo } from './asset-text-repo.ts';

/** An asset with the place it gets in the table. */
export interface StoredAsset {
  readonly row: number;
  readonly id: string;
  readonly sourceId: string;
  readonly day: string | null;
  readonly hash: string;
  readonly run: number;
  readonly asset: SourceAsset;
}

/** The writing half of catalogue.db. */
export function createCatalogueWriteRepo(db: Connection) {
  const known = db.prepare('SELECT row, day, content_hash AS contentHash FROM asset WHERE id = ?');
  const markSeen = db.prepare('UPDATE asset SET seen_run = ? WHERE id = ?');
  const withdraw = db.prepare(
    `UPDATE asset SET status = 'withdrawn', content_hash = :hash, seen_run = :run WHERE id = :id`,
  );
  const withdrawUnseen = db.prepare(
    `UPDATE asset SET status = 'withdrawn', content_hash = '' WHERE source_id = ? AND seen_run < ? AND status <> 'withdrawn'`,
  );
  const highest = db.prepare('SELECT max(row) AS row FROM asset WHERE row BETWEEN ? AND ?');
  const removeAsset = db.prepare('DELETE FROM asset WHERE id = ?');
  const texts = createAssetTextRepo(db);
  const removeSource = ['asset', 'catalogue_event', 'source_cursor'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE source_id = ?`),
  );
  const insertAsset = db.prepare(insertAssetSql);
  const eventTitle = db.prepare('SELECT title FROM catalogue_event WHERE id = ?').pluck();
  const insertRendition = db.prepare(insertRenditionSql);
  const putEvent = db.prepare(putEventSql);

  return {
    findKnown: (id: string) =>
      known.get(id) as { row: number; day: string | null; contentHash: string } | undefined,
    markSeen: (id: string, run: number): void => void markSeen.run(run, id),
    withdraw: (id: string, as: { hash: string; run: number }): void => void withdraw.run({ id, ...as }),
    withdrawUnseen: (sourceId: string, run: number): number => withdrawUnseen.run(sourceId, run).changes,
    nextRow: (day: string | null): number => {
      const { row } = highest.get(firstRowOf(day), lastRowOf(day)) as { row: number | null };
      return row === null ? firstRowOf(day) : row + 1;
    },
    remove: (row: number, id: string): void => {
      texts.remove(row);
      removeAsset.run(id);
    },
    insert: (stored: StoredAsset): void => {
      const eventId = eventIdOf(stored.sourceId, stored.asset.eventExternalId);
      insertAsset.run({ ...assetColumns(stored), eventId });
      const event = eventId === null ? null : (eventTitle.get(eventId) as string | undefined);
      texts.put({ ...stored.asset, row: stored.row }, event ?? '');
      for (const [position, rendition] of stored.asset.renditions.entries()) {
        const { hash, ...facts } = rendition;
        insertRendition.run({
          ...facts,
          id: stableId(stored.sourceId, 'rendition', rendition.externalId),
          assetId: stored.id,
          position,
          hashKind: hash?.kind ?? null,
          hash: hash?.value ?? null,
        });
      }
    },
    /** Returns the ids of the assets that are found by another event title now. */
    putEvent: (sourceId: string, event: SourceEvent): string[] => {
      const id = stableId(sourceId, 'event', event.externalId);
      const was = eventTitle.get(id) as string | undefined;
      putEvent.run({
        ...event,
        id,
        sourceId,
        people: JSON.stringify(event.people),
        organisations: JSON.stringify(event.organisations),
      });
      return was === event.title ? [] : texts.retellEvent(id, event.title);
    },
    removeSource: (sourceId: string): void => {
      texts.removeSource(sourceId);
      for (const statement of removeSource) statement.run(sourceId);
    },
  };
}

function eventIdOf(sourceId: string, externalId: string | null): string | null {
  return externalId === null ? null : stableId(sourceId, 'event', externalId);
}

function assetColumns({
  row,
  id,
  sourceId,
  day,
  hash,
  run,
  asset,
}: StoredAsset): Record<string, string | number | null> {
  return {
    row,
    id,
    sourceId,
    externalId: asset.externalId,
    story: asset.story,
    versionKind: asset.versionKind,
    status: asset.status,
    title: asset.title,
    day,
    durationMs: asset.durationMs,
    place: asset.place,
    country: asset.country,
    language: asset.language,
    teaser: asset.teaser,
    synopsis: asset.synopsis,
    shotlist: asset.shotlist,
    transcript: asset.transcript,
    publishedAtMs: asset.publishedAtMs,
    publishedDay: asset.publishedDay,
    filmedFirstDay: asset.filmedFirstDay,
    filmedLastDay: asset.filmedLastDay,
    people: JSON.stringify(asset.people),
    organisations: JSON.stringify(asset.organisations),
    keywords: JSON.stringify(asset.keywords),
    rights: JSON.stringify(asset.rights),
    pageUrl: asset.pageUrl,
    pictureUrl: asset.pictureUrl,
    hash,
    run,
  };
}

const insertAssetSql = `
  INSERT INTO asset (row, id, source_id, external_id, story, version_kind, status, title, day, duration_ms, place,
    country, language, event_id, teaser, synopsis, shotlist, transcript, published_at_ms, published_day,
    filmed_first_day, filmed_last_day, people_json, organisations_json, keywords_json, rights_json, page_url,
    picture_url, content_hash, seen_run)
  VALUES (:row, :id, :sourceId, :externalId, :story, :versionKind, :status, :title, :day, :durationMs, :place,
    :country, :language, :eventId, :teaser, :synopsis, :shotlist, :transcript, :publishedAtMs, :publishedDay,
    :filmedFirstDay, :filmedLastDay, :people, :organisations, :keywords, :rights, :pageUrl,
    :pictureUrl, :hash, :run)`;

// A rendition told twice belongs to the asset that named it first.
const insertRenditionSql = `
  INSERT INTO rendition (id, asset_id, position, external_id, role, file_name, container, video_codec, audio_codec,
    width, height, rate_num, rate_den, scan, start_timecode, bitrate, size_bytes, duration_ms, language, hash_kind,
    hash, etag)
  VALUES (:id, :assetId, :position, :externalId, :role, :fileName, :container, :videoCodec, :audioCodec,
    :width, :height, :rateNum, :rateDen, :scan, :startTimecode, :bitrate, :sizeBytes, :durationMs, :language,
    :hashKind, :hash, :etag)
  ON CONFLICT (id) DO NOTHING`;

const putEventSql = `
  INSERT OR REPLACE INTO catalogue_event (id, source_id, external_id, title, first_day, last_day, place, people_json,
    organisations_json, summary, page_url)
  VALUES (:id, :sourceId, :externalId, :title, :firstDay, :lastDay, :place, :people, :organisations, :summary,
    :pageUrl)`;
