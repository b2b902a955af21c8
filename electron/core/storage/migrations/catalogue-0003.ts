import type { Migration } from '../migrate.ts';

/**
 * What slows the writer down goes: three indexes that search no longer reads, for it has all that lists are narrowed by
 * in its memory. And the full-text index takes a whole transaction in before it writes it out, and merges 16 pieces of
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
INSERT INTO asset_fts (asset_fts, rank) VALUES ('hashsize', 8388608);
INSERT INTO asset_fts (asset_fts, rank) VALUES ('automerge', 16);
INSERT INTO asset_fts (asset_fts, rank) VALUES ('crisismerge', 64);
`,
};
