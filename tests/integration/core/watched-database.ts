import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Migration } from '../../../electron/core/storage/migrate.ts';
import { openDatabase, type Connection } from '../../../electron/core/storage/open-database.ts';
import { tempDir } from '../../support/temp.ts';

/** A database whose statements are remembered as they are prepared. */
export function watchedDatabase(migrations: readonly Migration[]): {
  db: Connection;
  statements: string[];
} {
  const db = openDatabase({
    file: join(tempDir(), 'x.db'),
    synchronous: 'NORMAL',
    migrations,
    checkFirst: false,
    now: () => 1,
  });
  onTestFinished(() => void db.close());
  const statements: string[] = [];
  const prepare = db.prepare.bind(db);
  const watched = Object.assign(Object.create(db) as Connection, {
    prepare: (sql: string) => {
      statements.push(sql);
      return prepare(sql);
    },
    transaction: db.transaction.bind(db),
  });
  return { db: watched, statements };
}

/** How SQLite goes about a statement, one line a step. */
export function planOf(db: Connection, sql: string, values: Record<string, unknown> | unknown[]): string {
  const rows = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(values) as { detail: string }[];
  return rows.map(({ detail }) => detail).join('\n');
}
