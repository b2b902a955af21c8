import { expect, test } from 'vitest';
import { compareTold } from '../../../../electron/core/notices/compare-told.ts';
import { told, type Told } from '../../../../electron/core/notices/told.ts';

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
    files: { master: 'sha256:aa', web: 'size:12' },
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
  const now = told1({ files: { master: 'sha256:bb', web: 'size:13' } });
  expect(compareTold(told1(), now, ['master'])).toMatchObject([
    { kind: 'file-replaced', changes: [{ field: 'master', before: 'sha256:aa', after: 'sha256:bb' }] },
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
