import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { allRigs } from './all-rigs.ts';
import type { KindRig } from './kind-rig.ts';
import { someItems } from './played-items.ts';
import { addPlayed, titlesOf } from './read-source.ts';

const rigs = await allRigs();

/** The place at which the reading of the only source stands, read or put by the hand of the test. */
function cursorIn(home: string, put?: string): string {
  const db = new Database(join(home, 'catalogue.db'));
  try {
    if (put !== undefined) db.prepare('UPDATE source_cursor SET cursor = ?').run(put);
    return String(db.prepare('SELECT cursor FROM source_cursor').pluck().get());
  } finally {
    db.close();
  }
}

describe.each(rigs)('$name', (rig) => {
  test(
    'a place in its list that another version or another kind has left is read over, and withdraws nothing',
    { timeout: 60_000 },
    async () => {
      const items = someItems(4);
      let read = await addPlayed(rig, await rig.play(items));
      await read.sync();
      const own = cursorIn(read.core.home);
      const others = await cursorsOfOthers(rig);
      for (const cursor of ['', 'page:2', '{"v":0}', own.slice(0, -7), ...others]) {
        await read.core.close();
        cursorIn(read.core.home, cursor);
        read = await read.reopen();
        const summary = await read.sync();
        expect([cursor, summary]).toMatchObject([cursor, { added: 0, withdrawn: 0, failed: 0 }]);
        expect(titlesOf(read.core.home, 'usable')).toHaveLength(4);
      }
    },
  );
});

const left = new Map<string, string>();
async function cursorsOfOthers(rig: KindRig): Promise<string[]> {
  for (const other of rigs) {
    if (left.has(other.name)) continue;
    const read = await addPlayed(other, await other.play(someItems(3)));
    await read.sync();
    await read.core.close();
    left.set(other.name, cursorIn(read.core.home));
  }
  return [...left].flatMap(([name, cursor]) => (name === rig.name ? [] : [cursor]));
}
