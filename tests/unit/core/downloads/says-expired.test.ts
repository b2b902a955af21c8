import { expect, it } from 'vitest';
import { saysExpired } from '../../../../electron/core/downloads/says-expired.ts';

it.each([
  '<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>',
  '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
  '<Error><Code>TokenRefreshRequired</Code></Error>',
  'Signature not valid in the specified time frame: Start [Thu] - Expiry [Fri]',
  '{"error":"link expired"}',
  'URL expired',
])('hears that a link has had its time: %s', (text) => {
  expect(saysExpired(text)).toBe(true);
});

it.each(['', 'Bad Request', '{"error":"range not understood"}', '<Code>InvalidArgument</Code>'])(
  'does not hear it in: %s',
  (text) => {
    expect(saysExpired(text)).toBe(false);
  },
);
