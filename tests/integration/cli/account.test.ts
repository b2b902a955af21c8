import { expect, it } from 'vitest';
import { goodPassword, makeAccount, readCode } from '../../support/portal.ts';
import { rushesJson, runRushes, toldError } from '../../support/run-rushes.ts';
import { accountDocument, aHome, aPortal, email, sourceDocument } from './cli-fixture.ts';

const newerPassword = 'Quayside-Beacon-31';

it('sets a new password by a code, with which alone one can sign in then', { timeout: 120_000 }, async () => {
  const portal = await aPortal({ items: 1 });
  await makeAccount(portal, email);
  const at = aHome();
  const account = (args: readonly string[], input = '') =>
    rushesJson(['account', ...args], accountDocument, { ...at, input });
  await rushesJson(['source', 'add', portal.url, '--name', 'Compact'], sourceDocument, at);
  const login = ['login', '--source', 'compact', '--email', email, '--password-stdin'];
  expect(await account(login, `${goodPassword}\n`)).toMatchObject({ state: 'signed-in', email });
  expect(await account(['newsletter', '--subscribe'])).toMatchObject({ state: 'signed-in' });
  const subscribed = await runRushes(['account', 'status'], at);
  expect(subscribed.stdout).toContain('subscribed');
  expect(await account(['newsletter', '--unsubscribe'])).toMatchObject({ state: 'signed-in' });

  const asked = await account(['reset-request', '--email', email]);
  expect(Date.parse(asked.codeExpiresAt ?? '')).toBeGreaterThan(Date.now());
  const first = await readCode(portal, email);
  await account(['resend', '--purpose', 'reset']);
  const confirm = (code: string) => ['account', 'reset-confirm', '--code', code, '--password-stdin'];
  const stale = await runRushes([...confirm(first), '--json'], { ...at, input: `${newerPassword}\n` });
  expect([stale.code, toldError(stale).code]).toEqual([1, 'CODE_WRONG']);
  const newest = await readCode(portal, email);
  await rushesJson(confirm(newest), accountDocument, { ...at, input: `${newerPassword}\n` });

  const old = await runRushes(['account', ...login, '--json'], { ...at, input: `${goodPassword}\n` });
  expect([old.code, toldError(old).code]).toEqual([3, 'CREDENTIALS_WRONG']);
  expect(await account(login, `${newerPassword}\n`)).toMatchObject({ state: 'signed-in' });
  expect(await account(['logout'])).toMatchObject({ state: 'signed-out' });
  const signedOut = await runRushes(['account', 'newsletter', '--subscribe', '--json'], at);
  expect([signedOut.code, toldError(signedOut).code]).toEqual([3, 'SIGN_IN_NEEDED']);
});

it('asks which source is meant where there are two', { timeout: 60_000 }, async () => {
  const portals = [await aPortal({ items: 1 }), await aPortal({ items: 1 })];
  const at = aHome();
  for (const { url } of portals) await rushesJson(['source', 'add', url], sourceDocument, at);
  const ran = await runRushes(['account', 'status', '--json'], at);
  expect([ran.code, toldError(ran).code]).toEqual([2, 'USAGE']);
  const both = await runRushes(['sync', '--json'], at);
  expect(both.json).toMatchObject({ sources: [{ added: 1 }, { added: 1 }] });
});
