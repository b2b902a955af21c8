import type { Label } from '../../../shared/contract/library.ts';
import { tagKey } from '../../../shared/domain/tag-key.ts';
import type { Connection } from '../storage/open-database.ts';
import { createStatementCache, whereClause } from '../storage/statement-cache.ts';

/** What a list of clips is narrowed by. `match` is an FTS5 expression. */
export interface ClipFilter {
  readonly match: string | null;
  readonly eventId?: string | undefined;
  readonly tag?: string | undefined;
  readonly dayFrom?: string | undefined;
  readonly dayTo?: string | undefined;
}

/** A clip as stored, with what belongs to it gathered. */
export interface ClipRecord {
  row: number;
  id: string;
  fingerprint: string;
  size_bytes: number;
  sha256: string | null;
  title: string;
  day: string | null;
  event_id: string | null;
  event_title: string | null;
  event_place: string | null;
  rating: number;
  label: Label | null;
  note: string;
  source_id: string | null;
  asset_id: string | null;
  provenance_json: string | null;
  rights_json: string | null;
  probe_json: string | null;
  poster_at_ms: number | null;
  strip_frames: number;
}

const select = `SELECT c.*, e.title AS event_title, e.place AS event_place
  FROM clip c LEFT JOIN event e ON e.id = c.event_id`;

/** The reading half of the clip tables. */
export function createClipsReadRepo(db: Connection) {
  const prepare = createStatementCache(db);
  const byId = db.prepare(`${select} WHERE c.id = ?`);
  const tags = db.prepare(
    'SELECT t.name FROM clip_tag ct JOIN tag t ON t.id = ct.tag_id WHERE ct.clip_id = ? ORDER BY t.name_key',
  );
  const places = db.prepare(
    'SELECT path, present FROM clip_place WHERE clip_id = ? ORDER BY present DESC, id',
  );
  const steps = db.prepare('SELECT step, state, reason FROM clip_step WHERE clip_id = ?');
  // The last finding of each place counts: a file that was mended since is whole.
  const damaged = db
    .prepare(`
      SELECT EXISTS (
        SELECT 1 FROM check_item i JOIN clip_place p ON p.path = i.path AND p.clip_id = i.clip_id AND p.present = 1
        WHERE i.clip_id = ? AND i.state = 'damaged' AND i.id = (
          SELECT max(l.id) FROM check_item l WHERE l.path = i.path AND l.clip_id = i.clip_id AND l.state <> 'todo'))`)
    .pluck();
  const evidence = db.prepare(
    `SELECT v.field, coalesce(e.title, v.value) AS value, v.rule, v.source_text AS sourceText, v.confidence
     FROM evidence v LEFT JOIN event e ON v.field = 'event' AND e.id = v.value
     WHERE v.clip_id = ? AND v.state <> 'rejected' ORDER BY v.created_at_ms`,
  );
  const byAssets = db.prepare(
    'SELECT asset_id AS assetId, id FROM clip WHERE asset_id IN (SELECT value FROM json_each(?))',
  );
  const byHash = db.prepare('SELECT id FROM clip WHERE sha256 = ?').pluck();
  const idsOfEvent = db.prepare('SELECT id FROM clip WHERE event_id = ?').pluck();

  return {
    list: (
      filter: ClipFilter,
      page: { after: { day: string; row: number } | null; limit: number },
    ): ClipRecord[] => {
      const { where, values } = conditions(filter);
      // The first half says nothing new, but it is what SQLite finds its place in the index by.
      const after =
        page.after === null
          ? []
          : [`coalesce(c.day, '') <= :afterDay AND (coalesce(c.day, ''), c.row) < (:afterDay, :afterRow)`];
      const sql = `${select} ${whereClause([...where, ...after])} ORDER BY coalesce(c.day, '') DESC, c.row DESC LIMIT :limit`;
      const cursor = page.after === null ? {} : { afterDay: page.after.day, afterRow: page.after.row };
      return prepare(sql).all({ ...values, ...cursor, limit: page.limit }) as ClipRecord[];
    },
    count: (filter: ClipFilter): number => {
      const { where, values } = conditions(filter);
      return (prepare(`SELECT count(*) AS n FROM clip c ${whereClause(where)}`).get(values) as { n: number })
        .n;
    },
    find: (id: string): ClipRecord | undefined => byId.get(id) as ClipRecord | undefined,
    tags: (clipId: string): string[] => (tags.all(clipId) as { name: string }[]).map(({ name }) => name),
    places: (clipId: string) => places.all(clipId) as { path: string; present: number }[],
    steps: (clipId: string) => steps.all(clipId) as { step: string; state: string; reason: string | null }[],
    damaged: (clipId: string): boolean => damaged.get(clipId) === 1,
    evidence: (clipId: string) =>
      evidence.all(clipId) as {
        field: string;
        value: string;
        rule: string;
        sourceText: string;
        confidence: number;
      }[],
    /** The clips with this content; more than one only where a scan has not yet seen that they are one. */
    byHash: (sha256: string): string[] => byHash.all(sha256) as string[],
    byAssets: (assetIds: readonly string[]) =>
      byAssets.all(JSON.stringify(assetIds)) as { assetId: string; id: string }[],
    idsOfEvent: (eventId: string): string[] => idsOfEvent.all(eventId) as string[],
  };
}
export type ClipsReadRepo = ReturnType<typeof createClipsReadRepo>;

function conditions(filter: ClipFilter): { where: string[]; values: Record<string, string> } {
  const where: string[] = [];
  const values: Record<string, string> = {};
  const add = (sql: string, name: string, value: string | null | undefined): void => {
    if (value == null) return;
    where.push(sql);
    values[name] = value;
  };
  add('c.row IN (SELECT rowid FROM clip_fts WHERE clip_fts MATCH :match)', 'match', filter.match);
  add('c.event_id = :eventId', 'eventId', filter.eventId);
  add(
    'c.id IN (SELECT clip_id FROM clip_tag ct JOIN tag t ON t.id = ct.tag_id WHERE t.name_key = :tag)',
    'tag',
    filter.tag === undefined ? undefined : tagKey(filter.tag),
  );
  add(`coalesce(c.day, '') >= :dayFrom`, 'dayFrom', filter.dayFrom);
  add(`c.day IS NOT NULL AND coalesce(c.day, '') <= :dayTo`, 'dayTo', filter.dayTo);
  return { where, values };
}
