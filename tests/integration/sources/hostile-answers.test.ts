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

describe.each(served)('$name', (rig) => {
  const wrongs: Wrong[] = ['partial', 'unmodified', 'packed-cut', 'bomb', 'short'];
  test('a wrong answer is no answer, withdraws nothing, and is made good', { timeout: 60_000 }, async () => {
    const items = someItems(4);
    const whole = await undisturbed(rig, items);
    const played = await rig.play(items);
    const read = await addPlayed(rig, played);
    if (!played.server) throw new Error('This kind has no server.');
    for (const wrong of wrongs) {
      played.server.wrong = () => wrong;
      const code = await codeOf(read.sync());
      expect([wrong, code]).toEqual([wrong, expect.stringMatching(/^(SOURCE_|NETWORK_)UNAVAILABLE$/)]);
      expect(titlesOf(read.core.home, 'usable')).toEqual([]);
      const [source] = (await read.core.client.sources.list()).sources;
      expect(source?.reason).toBeTruthy();
    }
    played.server.wrong = null;
    expect(await read.sync()).toMatchObject({ added: 4, withdrawn: 0, failed: 0 });
    for (const wrong of wrongs) {
      played.server.wrong = () => wrong;
      await codeOf(read.sync());
      expect(titlesOf(read.core.home, 'withdrawn')).toEqual([]);
    }
    await read.core.close();
    expect(dumpCatalogue(read.core.home)).toEqual(whole);
  });

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

test.each(rigs.filter(({ name }) => !/portal|DVIDS|Archive/.test(name)))(
  '$name: items whose names differ by the case of a letter are several',
  async (rig) => {
    const items = ['item-1a', 'item-1A'].map((id, n) => ({ ...anItem(n + 1), id }));
    const read = await addPlayed(rig, await rig.play(items));
    expect(await read.sync()).toMatchObject({ added: 2, failed: 0 });
    expect(titlesOf(read.core.home, 'usable')).toHaveLength(2);
  },
);
