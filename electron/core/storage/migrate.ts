import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { Connection } from './open-database.ts';
import { ensurePrivateFile } from './private-file.ts';

/** One numbered step of a database's shape. Self-contained: it never calls code that may change later. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/**
 * Brings a database from its `user_version` to the newest one, each step in a transaction of its own, after
 * copying the file aside when it already holds something.
 *
 * @throws RushesError DATABASE_NEWER when the file's version is above the newest step known here.
 */
export function migrate(
  db: Connection,
  options: { file: string; migrations: readonly Migration[]; existed: boolean; now: () => number },
): void {
  const from = db.pragma('user_version', { simple: true }) as number;
  const newest = options.migrations.at(-1)?.version ?? 0;
  if (from > newest) {
    throw new RushesError(
      'DATABASE_NEWER',
      `${options.file} was written by a newer version of Rushes (${from}, this one knows ${newest}).`,
    );
  }
  const steps = options.migrations.filter((step) => step.version > from);
  if (steps.length === 0) return;
  if (options.existed && from > 0) backUp(db, `${options.file}.before-${newest}-${options.now()}`);
  for (const step of steps) {
    db.transaction(() => {
      db.exec(step.sql);
      db.pragma(`user_version = ${step.version}`);
    })();
  }
}

/** VACUUM INTO copies a consistent state, the write-ahead log included; copying the file would not. It fills an empty file. */
function backUp(db: Connection, target: string): void {
  ensurePrivateFile(target);
  db.prepare('VACUUM INTO ?').run(target);
}
