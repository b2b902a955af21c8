import type { Connection } from './open-database.ts';

type Statement = ReturnType<Connection['prepare']>;

/** Prepares each SQL text once and keeps it: lists whose filters vary have few shapes, and preparing costs more than running. */
export function createStatementCache(db: Connection): (sql: string) => Statement {
  const prepared = new Map<string, Statement>();
  return (sql) => {
    const found = prepared.get(sql) ?? db.prepare(sql);
    prepared.set(sql, found);
    return found;
  };
}

/** Conditions as a WHERE clause; nothing for none. */
export function whereClause(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
}
