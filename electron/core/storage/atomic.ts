import type { Connection } from './open-database.ts';

/** Makes a function all-or-nothing: it runs in one transaction, within the one that is open if there is one. */
export function atomic<A extends unknown[], R>(db: Connection, work: (...args: A) => R): (...args: A) => R {
  return db.transaction(work);
}
