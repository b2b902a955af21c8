import { expect, it } from 'vitest';
import { basicValue, offersBasic, signInFault } from '../../../../electron/core/http/proxy-sign-in.ts';

it.each([
  [['Basic realm="x"'], true],
  [['basic'], true],
  [['NTLM', 'Negotiate', 'Basic realm="a, b"'], true],
  [['Negotiate, Basic realm="x"'], true],
  [['Digest realm="x", nonce="y", qop="auth", Basic realm="z"'], true],
  [[], true],
  [['NTLM'], false],
  [['Negotiate abc=='], false],
  [['Digest realm="Basic", nonce="y"'], false],
])('%j offers Basic: %s', (challenges, wanted) => {
  expect(offersBasic(challenges)).toBe(wanted);
});

it('writes names and passwords of any script', () => {
  expect(basicValue({ user: 'Aladdin', password: 'open sesame' })).toBe('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==');
  expect(basicValue({ user: 'ü', password: '日' })).toBe(`Basic ${Buffer.from('ü:日').toString('base64')}`);
});

it('says why the sign-in is not possible', () => {
  expect(signInFault('p:1', { headers: ['NTLM'], signedIn: false }).message).toContain('ntlm');
  expect(signInFault('p:1', { headers: [], signedIn: true }).message).toContain('does not accept');
});
