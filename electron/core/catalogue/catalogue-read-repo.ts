import type { AssetNotice, AssetStatus, Rendition, VersionKind } from '../../../shared/contract/catalogue.ts';
import { stableId } from '../stable-id.ts';
import type { Connection } from '../storage/open-database.ts';

/** The columns a grid paints. */
export interface AssetListRow {
  row: number;
  id: string;
  source_id: string;
  title: string;
  day: string | null;
  status: AssetStatus;
  version_kind: VersionKind;
  place: string | null;
  duration_ms: number | null;
  event_id: string | null;
  event_title: string | null;
  has_picture: number;
}

/** The whole asset. */
export interface AssetDetailRow extends AssetListRow {
  external_id: string;
  story: string | null;
  country: string | null;
  language: string | null;
  teaser: string | null;
  synopsis: string | null;
  shotlist: string | null;
  transcript: string | null;
  version: string | null;
  status_reason: string | null;
  notice_kind: AssetNotice['kind'] | null;
  notice_text: string | null;
  /** The asset of another source that is listed for this one. */
  twin_of: string | null;
  added_at_ms: number;
  changed_at_ms: number;
  aliases_json: string;
  dates_json: string;
  people_json: string;
  organisations_json: string;
  keywords_json: string;
  rights_json: string;
  page_url: string | null;
  picture_url: string | null;
}

/** A rendition as stored. */
export interface RenditionRow {
  id: string;
  external_id: string;
  medium: Rendition['medium'];
  role: string;
  file_name: string;
  /** The plain address, where the source gives one. */
  address: string | null;
  media_type: string | null;
  container: string | null;
  video_codec: string | null;
  audio_codec: string | null;
  width: number | null;
  height: number | null;
  rate_num: number | null;
  rate_den: number | null;
  scan: 'progressive' | 'interlaced' | null;
  start_timecode: string | null;
  bitrate: number | null;
  size_bytes: number | null;
  about_bytes: number | null;
  duration_ms: number | null;
  language: string | null;
  hash_kind: 'sha256' | 'md5' | 'sha1' | null;
  hash: string | null;
  etag: string | null;
}

// A file that several assets of a source tell belongs to one of them: one that is not withdrawn, then the one with the
// smallest id.
const renditionsSql = `
  SELECT r.*, a.source_id FROM asset a JOIN rendition r ON r.asset_row = a.row WHERE a.id = ? AND NOT EXISTS (
    SELECT 1 FROM rendition other JOIN asset b ON b.row = other.asset_row
    WHERE other.external_id = r.external_id AND b.source_id = a.source_id AND b.row <> a.row
      AND (b.status = 'withdrawn', b.id) < (a.status = 'withdrawn', a.id))
  ORDER BY r.position`;
const twinsSql = `
  SELECT t.id, t.source_id AS sourceId, t.title FROM asset a JOIN asset t ON t.id = a.twin_of WHERE a.id = :id
  UNION ALL
  SELECT t.id, t.source_id, t.title FROM asset a JOIN asset t ON t.twin_of = coalesce(a.twin_of, a.id)
  WHERE a.id = :id AND t.id <> :id`;
const twinsOfSql = `
  WITH asked AS (SELECT a.id, a.twin_of FROM asset a WHERE a.id IN (SELECT value FROM json_each(:ids)))
  SELECT id, twin_of AS twin FROM asked WHERE twin_of IS NOT NULL
  UNION ALL
  SELECT asked.id, t.id FROM asked JOIN asset t ON t.twin_of = coalesce(asked.twin_of, asked.id) WHERE t.id <> asked.id`;

/** The reading half of catalogue.db. */
export function createCatalogueReadRepo(db: Connection) {
  const byId = db.prepare(`SELECT a.*, e.title AS event_title, a.picture_url IS NOT NULL AS has_picture
    FROM asset a LEFT JOIN catalogue_event e ON e.id = a.event_id WHERE a.id = ?`);
  const newestUsable = db
    .prepare("SELECT id FROM asset WHERE status = 'usable' AND twin_of IS NULL ORDER BY row DESC LIMIT ?")
    .pluck();
  const renditions = db.prepare(renditionsSql);
  const versions = db.prepare(`SELECT id, version_kind AS versionKind, title, language FROM asset
    WHERE source_id = ? AND story = ? AND id <> ? ORDER BY row DESC LIMIT 50`);
  const twins = db.prepare(twinsSql);
  const twinsOf = db.prepare(twinsOfSql);
  const cutShort = db
    .prepare('SELECT EXISTS (SELECT 1 FROM fts_todo) OR EXISTS (SELECT 1 FROM source_cursor WHERE run < 0)')
    .pluck();
  const countBySource = db.prepare('SELECT count(*) FROM asset WHERE source_id = ?').pluck();

  return {
    /** Ids of the newest that may be had. */
    newestUsable: (limit: number): string[] => newestUsable.all(limit) as string[],
    find: (id: string): AssetDetailRow | undefined => byId.get(id) as AssetDetailRow | undefined,
    renditions: (assetId: string): RenditionRow[] =>
      (renditions.all(assetId) as (Omit<RenditionRow, 'id'> & { source_id: string })[]).map((row) => ({
        ...row,
        id: stableId(row.source_id, 'rendition', row.external_id),
      })),
    versions: (sourceId: string, story: string, except: string) =>
      versions.all(sourceId, story, except) as {
        id: string;
        versionKind: VersionKind;
        title: string;
        language: string | null;
      }[],
    /** The same item as other sources carry it. */
    twins: (id: string) => twins.all({ id }) as { id: string; sourceId: string; title: string }[],
    /** The same items as other sources carry them; those that stand alone are left out. */
    twinsOf: (ids: readonly string[]): ReadonlyMap<string, readonly string[]> => {
      const found = new Map<string, string[]>();
      for (const { id, twin } of twinsOf.all({ ids: JSON.stringify(ids) }) as {
        id: string;
        twin: string;
      }[]) {
        found.set(id, [...(found.get(id) ?? []), twin]);
      }
      return found;
    },
    /** Whether something was cut short: texts that cannot be found yet, a source that is half removed. */
    isCutShort: (): boolean => cutShort.get() === 1,
    countOfSource: (sourceId: string): number => countBySource.get(sourceId) as number,
  };
}
