import { expect, test } from 'vitest';
import { toSourceAsset } from '../../../../../electron/core/sources/account-portal/portal-mapping.ts';
import { anAsset } from '../../../../support/builders.ts';

const pageOf = (pageUrl: string): string | null => toSourceAsset(anAsset({ pageUrl })).pageUrl;

test.each(['https://portal.example/video/1', 'http://127.0.0.1:8080/video/1'])(
  'the page of an asset is a web address: %s',
  (address) => {
    expect(pageOf(address)).toBe(address);
  },
);

test.each([
  'javascript:alert(1)',
  ' java\tscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'file:///etc/passwd',
  'https://user:word@portal.example/',
  'no address',
  '',
])('what a browser must not be sent to is no page: %s', (address) => {
  expect(pageOf(address)).toBeNull();
});

test('times beyond all calendars are none, but for an embargo, which is one for good', () => {
  const ms = Number.MAX_SAFE_INTEGER;
  const asset = anAsset({
    changedAtMs: ms,
    publishedAtMs: -ms,
    publishedDay: '2025-09-08',
    embargoUntilMs: ms,
  });
  const { dates, rights } = toSourceAsset({ ...asset, rights: { ...asset.rights, expiresAtMs: ms } });
  expect(dates.changed).toBeNull();
  expect(dates.published).toMatchObject({ precision: 'day', firstDay: '2025-09-08', atMs: null });
  const last = Date.parse('9999-12-31T23:59:59.999Z');
  expect(rights).toMatchObject({ embargoUntilMs: last, expiresAtMs: last });
});
