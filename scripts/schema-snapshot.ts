// Writes the shape of both databases, as their migrations make it, to docs/schema: a review then sees a change as SQL.
// With --check it writes nothing and fails when the files are not what the migrations make.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { catalogueMigrations, userMigrations } from '../electron/core/storage/databases.ts';
import { migrate, type Migration } from '../electron/core/storage/migrate.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'schema');
const check = process.argv.includes('--check');
let stale = false;

for (const [name, migrations] of [
  ['user', userMigrations],
  ['catalogue', catalogueMigrations],
] as const) {
  const file = join(folder, `${name}.sql`);
  const now = snapshot(migrations);
  if (!check) writeFileSync(file, now);
  else if (readIfThere(file) !== now) {
    stale = true;
    console.error(`${file} is not what the migrations make; run: npm run schema`);
  }
}
process.exitCode = stale ? 1 : 0;

function snapshot(migrations: readonly Migration[]): string {
  const db = new Database(':memory:');
  migrate(db, { file: ':memory:', migrations, existed: false, now: () => 0 });
  const rows = db
    .prepare(
      `SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '%\\_fts\\_%' ESCAPE '\\' ORDER BY tbl_name, type DESC, name`,
    )
    .all() as { sql: string }[];
  const version = String(db.pragma('user_version', { simple: true }));
  db.close();
  return `-- user_version ${version}\n\n${rows.map(({ sql }) => `${sql};`).join('\n\n')}\n`;
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
