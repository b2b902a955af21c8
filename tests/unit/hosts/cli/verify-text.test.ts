import { describe, expect, test } from 'vitest';
import { checkFault, checkLines } from '../../../../electron/hosts/cli/verify-text.ts';
import type { CheckCounts, CheckResult, CheckRun } from '../../../../shared/contract/verify.ts';

const none: CheckCounts = {
  ok: 0,
  unproven: 0,
  changed: 0,
  damaged: 0,
  missing: 0,
  offline: 0,
  unreadable: 0,
};
const run = (counts: Partial<CheckCounts>, more: Partial<CheckRun> = {}): CheckRun => ({
  id: 'r',
  title: 'Checking everything',
  state: 'done',
  reason: null,
  files: 3,
  checkedFiles: 3,
  bytes: 30,
  checkedBytes: 30,
  counts: { ...none, ...counts },
  manifest: null,
  startedAtMs: 1,
  finishedAtMs: 2,
  ...more,
});
const manifest = { folder: '/m', generations: 2, broken: [], refused: 0, added: 0, file: null };

describe('how a check ends', () => {
  test.each<[string, CheckRun, string | undefined]>([
    ['well when all is as it was, new or edited', run({ ok: 1, unproven: 1, changed: 1 }), undefined],
    ['with INTEGRITY for damage, whatever else there is', run({ damaged: 1, missing: 1 }), 'INTEGRITY'],
    ['with INTEGRITY for an edited file of a list', run({ changed: 1 }, { manifest }), 'INTEGRITY'],
    [
      'with INTEGRITY for a list that was altered',
      run({ ok: 3 }, { manifest: { ...manifest, broken: ['x'] } }),
      'INTEGRITY',
    ],
    ['with DISK_ERROR for what could not be read', run({ unreadable: 1, missing: 1 }), 'DISK_ERROR'],
    ['with DISK_ERROR for what is away', run({ offline: 1 }), 'DISK_ERROR'],
    ['with NOT_FOUND for what is gone', run({ missing: 2 }), 'NOT_FOUND'],
  ])('%s', (_how, ended, code) => {
    expect(checkFault(ended)?.code).toBe(code);
  });
});

test('damage is told with its place, and with what helps', () => {
  const damaged: CheckResult = {
    id: '1',
    runId: 'r',
    path: '/m/a.mp4',
    clipId: null,
    downloadId: null,
    state: 'damaged',
    detail: null,
    sizeBytes: 30,
    sha256: null,
    expectedSha256: null,
    damage: [{ start: 0, end: 4_000_000 }],
    remedy: 'pieces',
    mend: null,
    checkedAtMs: 1,
  };
  expect(checkLines(run({ ok: 2, damaged: 1 }), [damaged])).toEqual([
    'damaged  /m/a.mp4  4.0 MB in 1 place; can be mended with --repair',
    '3 files checked: 2 as they were, 1 damaged',
  ]);
  expect(checkLines(run({ ok: 3 }), [], 1)).toEqual(['3 files checked: 2 as they were, 1 mended']);
  const failed = { ...damaged, mend: { state: 'failed', detail: 'no room', fetchedBytes: 0 } as const };
  expect(checkLines(run({ damaged: 1 }), [failed])[0]).toContain('not mended: no room');
});
