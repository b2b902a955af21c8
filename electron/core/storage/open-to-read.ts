import Database from 'better-sqlite3';
import type { Connection } from './open-database.ts';

/** Opens a database that somebody else keeps and writes, to read it only. */
export function openToRead(file: string, { cacheKib }: { readonly cacheKib: number }): Connection {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  db.pragma('busy_timeout = 5000');
  db.pragma('trusted_schema = OFF');
  db.pragma(`cache_size = -${cacheKib}`);
  return db;
}
