import { expect, test } from 'vitest';
import { compareTold } from '../../../../electron/core/notices/compare-told.ts';
import { rememberedOf, told, type Told } from '../../../../electron/core/notices/told.ts';

function told1(change: Partial<Told> = {}): Told {
  return told.parse({
    status: 'usable',
    statusReason: null,
    version: '1',
    notice: null,
    rights: {
      usageText: 'Free for news',
      creditLine: 'Meridian',
      editorialOnly: true,
      thirdParty: null,
      embargoUntilMs: null,
      expiresAtMs: null,
      territories: null,
    },
    texts: { title: 'Convoy', synopsis: 'Vehicles cross the bridge' },
    files: { master: 'sha256 aa', web: '12 bytes' },
    ...change,
  });
}

test('what has not changed is no news', () => {
  expect(compareTold(told1(), told1(), ['master'])).toEqual([]);
});

test('a kill says stop with the words of the source, and nothing beside it', () => {
  const now = told1({
    status: 'withdrawn',
    notice: { kind: 'kill', text: 'Do not use: wrong identification.' },
    texts: { title: 'Convoy', synopsis: null },
    files: {},
  });
  expect(compareTold(told1(), now, ['master'])).toEqual([
    {
      kind: 'killed',
      severity: 'stop',
      text: 'Do not use: wrong identification.',
      changes: [{ field: 'status', before: 'usable', after: 'withdrawn' }],
    },
  ]);
  expect(compareTold(now, now, ['master'])).toEqual([]);
});

test('an item that is withdrawn, or put back under embargo, says stop', () => {
  const gone = compareTold(told1(), told1({ status: 'withdrawn', statusReason: 'no longer listed' }), []);
  expect(gone).toMatchObject([{ kind: 'withdrawn', severity: 'stop', text: 'no longer listed' }]);
  expect(compareTold(told1(), told1({ status: 'embargoed' }), [])).toMatchObject([{ kind: 'withheld' }]);
});

test('a correction is told once a version, with the texts that it corrected', () => {
  const now = told1({
    version: '2',
    notice: { kind: 'correction', text: 'CORRECTS name of the bridge' },
    texts: { title: 'Convoy', synopsis: 'Vehicles cross the new bridge' },
  });
  expect(compareTold(told1(), now, [])).toMatchObject([
    {
      kind: 'corrected',
      severity: 'look',
      changes: [
        { field: 'version', before: '1', after: '2' },
        { field: 'synopsis', before: 'Vehicles cross the bridge', after: 'Vehicles cross the new bridge' },
      ],
    },
  ]);
  expect(compareTold(now, now, [])).toEqual([]);
  expect(compareTold(now, { ...now, version: '3' }, [])).toMatchObject([{ kind: 'corrected' }]);
});

test('each fact of the rights that changed is told with both sides', () => {
  const now = told1({
    rights: { ...told1().rights, thirdParty: 'Library pictures must be cleared', expiresAtMs: 5 },
  });
  expect(compareTold(told1(), now, [])).toMatchObject([
    {
      kind: 'rights',
      severity: 'look',
      changes: [
        { field: 'thirdParty', before: null, after: 'Library pictures must be cleared' },
        { field: 'expiresAtMs', before: null, after: '5' },
      ],
    },
  ]);
});

test('a file is replaced when it was taken and is other bytes now', () => {
  const now = told1({ files: { master: 'sha256 bb', web: '13 bytes' } });
  expect(compareTold(told1(), now, ['master'])).toMatchObject([
    { kind: 'file-replaced', changes: [{ field: 'master', before: 'sha256 aa', after: 'sha256 bb' }] },
  ]);
  expect(compareTold(told1(), now, ['other'])).toEqual([]);
  // One that is no longer offered was not replaced.
  expect(compareTold(told1(), told1({ files: {} }), ['master'])).toEqual([]);
});

test('texts that changed without a word of the source are worth knowing and no more', () => {
  const now = told1({ texts: { title: 'Convoy', synopsis: 'x'.repeat(1000) } });
  const [news] = compareTold(told1(), now, []);
  expect(news).toMatchObject({ kind: 'text-changed', severity: 'know' });
  expect(news?.changes[0]?.after?.length).toBeLessThan(410);
});

test('what was withdrawn and is offered again is told, so that nobody keeps off it for nothing', () => {
  expect(compareTold(told1({ status: 'withdrawn' }), told1(), [])).toMatchObject([
    { kind: 'usable-again', severity: 'know' },
  ]);
  expect(compareTold(told1({ status: 'expected' }), told1(), [])).toEqual([]);
});

test('texts that were not known then are not held against those of now', () => {
  expect(compareTold(told1({ texts: {} }), told1(), [])).toEqual([]);
});

test('of long texts the part that changed is quoted, and not twice the same beginning', () => {
  const long = (word: string): string => `${'a'.repeat(900)} ${word} ${'b'.repeat(900)}`;
  const before = told1({ texts: { shotlist: long('00:10 a tank') } });
  const [news] = compareTold(before, told1({ texts: { shotlist: long('00:10 a lorry') } }), []);
  const [change] = news?.changes ?? [];
  expect(change?.before).toMatch(/^…a+ 00:10 a tank b+…$/);
  expect(change?.after).toMatch(/^…a+ 00:10 a lorry b+…$/);
  expect(change?.after?.length).toBeLessThan(410);
  // One that has only been cut short at its end is quoted there.
  const [cut] = compareTold(before, told1({ texts: { shotlist: 'a'.repeat(900) } }), []);
  expect(cut?.changes[0]?.after).toMatch(/^…a{60}$/);
});

test('a kill that is lifted is told, and one that stays is told once whatever else changes', () => {
  const killed = told1({ notice: { kind: 'kill', text: 'KILL' } });
  expect(compareTold(told1(), killed, [])).toMatchObject([{ kind: 'killed' }]);
  const emptied = { ...killed, texts: {}, rights: { ...killed.rights, usageText: null } };
  expect(compareTold(killed, emptied, [])).toEqual([]);
  expect(compareTold(killed, told1(), [])).toMatchObject([{ kind: 'usable-again' }]);
  expect(compareTold(told1({ status: 'embargoed' }), told1({ status: 'withdrawn' }), [])).toMatchObject([
    { kind: 'withdrawn', changes: [{ before: 'embargoed', after: 'withdrawn' }] },
  ]);
});

test('what the holders know of an item that is stopped is what it was before', () => {
  const gone = told1({ status: 'withdrawn', texts: {}, files: {}, version: '2' });
  const known = rememberedOf(told1(), gone);
  expect(known).toEqual({ ...told1(), status: 'withdrawn' });
  expect(rememberedOf(known, told1({ status: 'expected', texts: {} }))).toEqual(known);
  expect(rememberedOf(known, told1({ version: '3' }))).toEqual(told1({ version: '3' }));
});

test('an update that goes on is told with its own words, once', () => {
  const update = { kind: 'update' as const, text: 'UPDATE: adds pictures of the arrival' };
  const now = told1({ notice: update, texts: { title: 'Convoy', synopsis: 'Vehicles cross two bridges' } });
  expect(compareTold(told1(), now, [])).toMatchObject([{ kind: 'text-changed', text: update.text }]);
  const later = told1({ notice: update, texts: { title: 'Convoy', synopsis: 'Vehicles turn back' } });
  expect(compareTold(now, later, [])).toMatchObject([{ kind: 'text-changed', text: null }]);
});

test('facts that an older Rushes did not ask for are not found new', () => {
  const now = told1({ texts: { ...told1().texts, people: 'Ada Lind', place: 'Tamrit' } });
  expect(compareTold(told1(), now, [])).toEqual([]);
});
