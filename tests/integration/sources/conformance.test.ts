import { describe, expect, test } from 'vitest';
import { allRigs } from './all-rigs.ts';
import type { KindRig, PlayedItem, PlayedSource } from './kind-rig.ts';
import type { Wrong } from './play-server.ts';
import { anItem, changed, someItems } from './played-items.ts';
import { addPlayed, dumpCatalogue, titlesOf } from './read-source.ts';

const rigs = await allRigs();

/** What an undisturbed first sync leaves. */
async function undisturbed(rig: KindRig, items: readonly PlayedItem[]): Promise<unknown> {
  const read = await addPlayed(rig, await playInPages(rig, items));
  await read.sync();
  await read.core.close();
  return dumpCatalogue(read.core.home);
}

async function playInPages(rig: KindRig, items: readonly PlayedItem[]): Promise<PlayedSource> {
  const played = await rig.play(items);
  played.pageSize = 4;
  return played;
}

/** The code with which something failed, or its name; `none` when it did not. */
async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    const { code, name } = error as { code?: string; name: string };
    return code ?? name;
  }
}

test('every kind that Rushes reads has a rig here', async () => {
  const { sourceKind } = await import('../../../shared/contract/sources.ts');
  expect(new Set(rigs.map((rig) => rig.kind.kind))).toEqual(new Set(sourceKind.options));
});

describe.each(rigs)('$name', (rig) => {
  test('says how it was recognised, and brings every item with its title, text and day', async () => {
    const items = someItems(11);
    const read = await addPlayed(rig, await playInPages(rig, items));
    const [source] = (await read.core.client.sources.list()).sources;
    expect(source?.how).toMatch(/\w+ .*\w+/);
    const summary = await read.sync();
    expect(summary).toMatchObject({ added: 11, updated: 0, withdrawn: 0, failed: 0 });
    const { items: rows } = await read.core.client.catalogue.list({ limit: 100 });
    expect(rows.map(({ title }) => title).toSorted()).toEqual(items.map(({ title }) => title).toSorted());
    for (const item of items) {
      const row = rows.find(({ title }) => title === item.title);
      expect([item.title, row?.day]).toEqual([item.title, item.publishedDay]);
      const asset = row && (await read.core.client.catalogue.get({ id: row.id }));
      expect(asset?.synopsis ?? asset?.teaser).toContain(item.synopsis);
      expect(asset?.renditions.length).toBeGreaterThan(0);
    }
  });

  test('a second sync of what has not changed changes nothing and asks for less', async () => {
    const played = await playInPages(rig, someItems(11));
    const read = await addPlayed(rig, played);
    await read.sync();
    const before = dumpCatalogue(read.core.home);
    const bodies = played.server?.bodies ?? 0;
    const again = await read.sync();
    expect(again).toMatchObject({ added: 0, updated: 0, withdrawn: 0, failed: 0 });
    expect(dumpCatalogue(read.core.home)).toEqual(before);
    expect((played.server?.bodies ?? 0) - bodies).toBeLessThanOrEqual(bodies);
  });

  test('a changed item is updated and a new one added, and no other is touched', async () => {
    const items = someItems(7);
    const played = await playInPages(rig, items);
    const read = await addPlayed(rig, played);
    await read.sync();
    played.items = [
      ...items.map((item, n) => (n === 2 ? changed(item, { title: 'Convoy 3 turns back' }) : item)),
      changed(anItem(40), { title: 'Convoy 40 arrives' }),
    ];
    expect(await read.sync()).toMatchObject({ added: 1, updated: 1, withdrawn: 0, failed: 0 });
    const titles = titlesOf(read.core.home, 'usable');
    expect(titles).toContain('Convoy 3 turns back');
    expect(titles).toContain('Convoy 40 arrives');
    expect(titles).toHaveLength(8);
  });

  test('an item that is gone is withdrawn as far as the kind can know, and never forgotten', async () => {
    const items = someItems(6);
    const played = await playInPages(rig, items);
    const read = await addPlayed(rig, played);
    await read.sync();
    played.items = items.map((item, n) => (n === 1 ? changed(item, { withdrawn: true }) : item));
    const { withdrawn } = await read.sync();
    expect(withdrawn).toBe(rig.withdraws === 'never' ? 0 : 1);
    expect(titlesOf(read.core.home, 'withdrawn')).toEqual(rig.withdraws === 'never' ? [] : [items[1]?.title]);
    expect(titlesOf(read.core.home, 'usable')).toHaveLength(rig.withdraws === 'never' ? 6 : 5);
  });

  test('cut short at any page, it goes on and comes to the same', async () => {
    const items = someItems(11);
    const whole = await undisturbed(rig, items);
    for (let at = 1; at <= (rig.pages ? 3 : 1); at++) {
      let read = await addPlayed(rig, await playInPages(rig, items));
      const stop = new AbortController();
      const steps = await read.core.client.catalogue.sync(
        { sourceId: read.sourceId },
        { signal: stop.signal },
      );
      let seen = 0;
      const reading = async (): Promise<void> => {
        for await (const step of steps) if (step.kind === 'progress' && ++seen === at) stop.abort();
      };
      expect(await codeOf(reading())).toMatch(/^(none|CANCELLED|AbortError)$/);
      read = await read.reopen();
      await read.sync();
      await read.core.close();
      expect(dumpCatalogue(read.core.home), `cut at page ${at}`).toEqual(whole);
    }
  });

  const wrongs: Wrong[] = ['cut', 'html', 'empty', 'error', 'hang-up'];
  test.skipIf(rig.name.includes('folder')).each(wrongs)(
    'an answer that is %s at any moment loses nothing, withdraws nothing, and is made good',
    { timeout: 60_000 },
    async (wrong) => {
      const items = someItems(11);
      const whole = await undisturbed(rig, items);
      for (let nth = 1; nth <= 4; nth++) {
        const played = await playInPages(rig, items);
        const read = await addPlayed(rig, played);
        let asked = 0;
        const server = played.server;
        if (!server) throw new Error('This kind has no server.');
        server.wrong = () => (++asked === nth ? wrong : null);
        expect(await codeOf(read.sync())).toMatch(
          /^(none|SOURCE_UNAVAILABLE|SOURCE_CHANGED|NETWORK_UNAVAILABLE)$/,
        );
        expect(titlesOf(read.core.home, 'withdrawn')).toEqual([]);
        server.wrong = null;
        await read.sync();
        expect(titlesOf(read.core.home, 'withdrawn')).toEqual([]);
        await read.core.close();
        expect(dumpCatalogue(read.core.home), `${wrong}, answer ${nth}`).toEqual(whole);
      }
    },
  );

  test.skipIf(rig.name.includes('folder'))(
    'a source that fails for good keeps what was read, and says why with what came back',
    { timeout: 60_000 },
    async () => {
      const played = await playInPages(rig, someItems(6));
      const read = await addPlayed(rig, played);
      await read.sync();
      const before = dumpCatalogue(read.core.home);
      for (const [wrong, state] of [
        ['error', 'unavailable'],
        ['html', /^(changed|unavailable)$/],
      ] as const) {
        if (played.server) played.server.wrong = () => wrong;
        expect(await codeOf(read.sync())).toMatch(/^(SOURCE_|NETWORK_)/);
        const [source] = (await read.core.client.sources.list()).sources;
        expect(source?.state).toMatch(state);
        expect(source?.reason).toBeTruthy();
        expect(source?.evidence ?? '').toMatch(wrong === 'error' ? /503/ : /html|sign in/i);
        expect(source?.lastSyncAtMs).not.toBeNull();
      }
      expect(dumpCatalogue(read.core.home)).toEqual(before);
    },
  );

  test.skipIf(rig.name.includes('folder'))('a redirect is followed within its own host', async () => {
    const items = someItems(5);
    const played = await playInPages(rig, items);
    const read = await addPlayed(rig, played);
    if (played.server) played.server.wrong = (_asked, nth) => (nth % 2 === 0 ? 'redirect' : null);
    expect(await read.sync()).toMatchObject({ added: 5, failed: 0 });
  });

  test.skipIf(rig.charset === null)(
    'bytes in another encoding are read by what they say of themselves',
    async () => {
      const title = rig.charset === 'iso-8859-1' ? 'Überquerung der Brücke' : 'Колонна переходит реку';
      const played = await rig.play([{ ...anItem(1), title }], { charset: true });
      const read = await addPlayed(rig, played);
      await read.sync();
      expect(titlesOf(read.core.home, 'usable')).toEqual([title]);
    },
  );

  test.skipIf(!rig.versions)('an older version that is told later replaces nothing', async () => {
    const [first] = someItems(1);
    if (!first) throw new Error('There is one.');
    const newer = changed(first, { title: 'Convoy 1, corrected' });
    const played = await rig.play([newer]);
    const read = await addPlayed(rig, played);
    await read.sync();
    played.items = [first];
    await read.sync();
    expect(titlesOf(read.core.home, 'usable')).toEqual(['Convoy 1, corrected']);
  });
});
