import type { Migration } from '../migrate.ts';

/**
 * What slows the writer down goes: three indexes that search no longer reads, for it has all that lists are narrowed by
 * in its memory. The slim index that it reads this from gets what a list paints too, so that a page of a list reads ten
 * pages of the file and not a hundred. And the full-text index takes a whole transaction in before it writes it out, and merges 16 pieces of
 * it at a time and not 4: each text is written anew half as often.
 *
 * A merge that is forced takes all pieces of a level in one go; 64 of them are never reached, as the others are merged
 * little by little before.
 */
export const catalogue0003: Migration = {
  version: 3,
  sql: `
DROP INDEX asset_by_status;
DROP INDEX asset_by_version;
DROP INDEX asset_by_addition;
DROP INDEX asset_by_facets;
CREATE INDEX asset_by_facets ON asset (row DESC, source_id, status, version_kind, event_id, country, language, twin_of,
  added_at_ms, (
    (shotlist IS NOT NULL) + (transcript IS NOT NULL) * 2 + (synopsis IS NOT NULL) * 4 + (picture_url IS NOT NULL) * 8
    + (people_json <> '[]') * 16 + (organisations_json <> '[]') * 32 + (place IS NOT NULL) * 64
    + (keywords_json <> '[]') * 128 + (day IS NOT NULL) * 256 + (duration_ms IS NOT NULL) * 512
    + (rights_json GLOB '*":[^n]*') * 1024 + coalesce(notice_kind = 'kill', 0) * 2048
    + coalesce(notice_kind = 'correction', 0) * 4096), id, title, day, place, duration_ms);
-- The run whose end was not believed, for it showed less than half of what was known.
ALTER TABLE source_cursor ADD COLUMN doubted_run INTEGER;
INSERT INTO asset_fts (asset_fts, rank) VALUES ('hashsize', 8388608);
INSERT INTO asset_fts (asset_fts, rank) VALUES ('automerge', 16);
INSERT INTO asset_fts (asset_fts, rank) VALUES ('crisismerge', 64);
`,
};
