import { atomic } from '../storage/atomic.ts';
import type { Connection } from '../storage/open-database.ts';

/** The setting table: one JSON value a key. */
export function createSettingsRepo(db: Connection) {
  const all = db.prepare('SELECT key, value_json FROM setting');
  const put = db.prepare(
    'INSERT INTO setting (key, value_json) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value_json = excluded.value_json',
  );
  return {
    all: (): Record<string, unknown> =>
      Object.fromEntries(
        (all.all() as { key: string; value_json: string }[]).map((row) => [
          row.key,
          parseJson(row.value_json),
        ]),
      ),
    put: atomic(db, (values: Readonly<Record<string, unknown>>) => {
      for (const [key, value] of Object.entries(values)) {
        if (value !== undefined) put.run(key, JSON.stringify(value));
      }
    }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
