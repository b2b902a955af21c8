import { expect, test } from 'vitest';
import { readCursor, startRun } from '../../../../../electron/core/sources/video-sitemap/sitemap-cursor.ts';

const url = 'https://news.example/sitemap.xml';

test('files are checked again after a day, and at once when the clock was years ahead', () => {
  const checkedAtMs = Date.UTC(2025, 8, 8);
  const state = { ...readCursor(null, url), owed: true, checkedAtMs, wholeAtMs: checkedAtMs };
  const runAt = (nowMs: number) => {
    const { checks, whole } = startRun(structuredClone(state), nowMs);
    return { checks, whole };
  };
  const dayMs = 24 * 3_600_000;
  expect(runAt(checkedAtMs + dayMs - 1)).toEqual({ checks: false, whole: false });
  expect(runAt(checkedAtMs + dayMs)).toEqual({ checks: true, whole: true });
  expect(runAt(Date.UTC(2020, 0, 1))).toEqual({ checks: true, whole: true });
});
