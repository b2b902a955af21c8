import type { Migration } from '../migrate.ts';

/** The list of what has come, newest first, without sorting all of it for each page. */
export const user0004: Migration = {
  version: 4,
  sql: `
CREATE INDEX download_finished ON download (state, forgotten, finished_at_ms, position);
`,
};
