import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { codeOf } from '../core/test-core.ts';
import { allRigs } from './all-rigs.ts';
import type { KindRig, PlayedItem } from './kind-rig.ts';
import type { Wrong } from './play-server.ts';
import { anItem, someItems } from './played-items.ts';
import { addPlayed, dumpCatalogue, titlesOf } from './read-source.ts';

const rigs = await allRigs();
const served = rigs.filter(({ name }) => !name.includes('folder'));

/** What an undisturbed first sync leaves. */
async function undisturbed(rig: KindRig, items: readonly PlayedItem[]): Promise<unknown> {
  const read = await addPlayed(rig, await rig.play(items));
  await read.sync();
  await read.core.close();
  return dumpCatalogue(read.core.home);
}

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

describe.each(served)('$name', (rig) => {
  const wrongs: Wrong[] = ['partial', 'unmodified', 'packed-cut', 'bomb', 'short'];
  test.each(wrongs)(
    'an answer that is %s is no answer, withdraws nothing, and is made good',
    { timeout: 60_000 },
    async (wrong) => {
      const items = someItems(4);
      const whole = await undisturbed(rig, items);
      const played = await rig.play(items);
      const read = await addPlayed(rig, played);
      if (!played.server) throw new Error('This kind has no server.');
      played.server.wrong = () => wrong;
      expect(await codeOf(read.sync())).toMatch(/^(SOURCE_UNAVAILABLE|SOURCE_CHANGED|NETWORK_UNAVAILABLE)$/);
      expect(titlesOf(read.core.home, 'usable')).toEqual([]);
      const [source] = (await read.core.client.sources.list()).sources;
      expect(source?.reason).toBeTruthy();
      played.server.wrong = null;
      expect(await read.sync()).toMatchObject({ added: 4, withdrawn: 0, failed: 0 });
      for (const then of wrongs) {
        played.server.wrong = () => then;
        await codeOf(read.sync());
        expect(titlesOf(read.core.home, 'withdrawn')).toEqual([]);
      }
      await read.core.close();
      expect(dumpCatalogue(read.core.home)).toEqual(whole);
    },
  );

  test.each(['packed', 'octets'] as const)('an answer that is %s is read for what it is', async (wrong) => {
    const items = someItems(4);
    const played = await rig.play(items);
    const read = await addPlayed(rig, played);
    if (played.server) played.server.wrong = () => wrong;
    expect(await read.sync()).toMatchObject({ added: 4, failed: 0 });
    await read.core.close();
    expect(dumpCatalogue(read.core.home)).toEqual(await undisturbed(rig, items));
  });
});

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
      for (const cursor of ['', 'page:2', 'null', '[]', '{"v":0}', own.slice(0, -7), ...others]) {
        await read.core.close();
        cursorIn(read.core.home, cursor);
        read = await read.reopen();
        expect(await read.sync(), cursor).toMatchObject({ added: 0, withdrawn: 0, failed: 0 });
        expect(titlesOf(read.core.home, 'usable')).toHaveLength(4);
      }
    },
  );

  test('items whose names differ by a letter’s case, or by how an accent is written, are several', async () => {
    const names = ['item-1a', 'item-1A', 'item-2\u00e9', 'item-2e\u0301'];
    const wanted = rig.name === 'account portal' ? names.slice(0, 0) : names.slice(0, 2);
    const items = wanted.map((id, n) => ({ ...anItem(n + 1), id }));
    const read = await addPlayed(rig, await rig.play(items));
    expect(await read.sync()).toMatchObject({ added: items.length, failed: 0 });
    expect(titlesOf(read.core.home, 'usable')).toHaveLength(items.length);
  });
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
