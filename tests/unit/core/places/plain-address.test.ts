import { expect, it } from 'vitest';
import { plainAddress } from '../../../../electron/core/places/plain-address.ts';

const secret = 'c0ffee0123456789c0ffee0123456789c0ffee01';

it.each([
  `https://u:${secret}@cdn.example/a/clip.mp4?sig=${secret}#${secret}`,
  `https://cdn.example/hdnea=exp=1~hmac=${secret}/clip.mp4`,
  `https://cdn.example/hdnea%3Dexp%3D1%7Ehmac%3D${secret}/clip.mp4`,
  `https://cdn.example/clip.mp4;jsessionid=${secret}`,
  `https://cdn.example/eyJhbGciOiJub25lIn0.${secret}.x/clip.mp4`,
  `https://cdn.example/s/${secret}/clip.mp4`,
  `https://cdn.example/%E0%A4%A/${secret}/clip.mp4`,
])('%s loses what may be a secret', (address) => {
  const plain = plainAddress(address);
  expect(plain).toMatch(/^https:\/\/cdn\.example\//);
  expect(plain).not.toContain(secret);
});

it.each([
  'https://cdn.example:8443/2026/02/01/winter-session-arrivals-and-opening-statements-2026-02-01/clip.mp4',
  'https://cdn.example/0198c0de-0000-7000-8000-000000000001/master_1080p.mp4',
  'https://cdn.example/%D0%92%D1%96/%20a.mp4',
])('%s stays as it is', (address) => expect(plainAddress(address)).toBe(address));

it.each(['file:///etc/passwd', 'clip.mp4', 'data:text/plain,x', null])('%s is no web address', (address) =>
  expect(plainAddress(address)).toBeNull(),
);
