import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { SecretBox } from '../../../electron/core/ports.ts';
import { createSecretStore } from '../../../electron/core/secrets/secret-store.ts';
import { createFileLog } from '../../../electron/hosts/file-log.ts';
import { createKeyFileBox } from '../../../electron/hosts/key-file-box.ts';
import type { PortalOptions } from '../../../electron/portal/options.ts';
import {
  createTestClock,
  goodPassword,
  makeAccount,
  readCode,
  readMails,
  startPortal,
  wrongCode,
} from '../../support/portal.ts';
import { renditionLinkPath } from '../../../shared/portal-api/paths.ts';
import { anAsset } from '../../support/builders.ts';
import { tempDir } from '../../support/temp.ts';
import { playPortal, sendError, sendJson } from './played-portal.ts';
import { addSource, codeOf, startCore, syncSummary, until } from './test-core.ts';

const email = 'editor@newsroom.example';
const password = goodPassword;

async function aWorld(options: Partial<PortalOptions> = {}) {
  const portal = await startPortal(options);
  onTestFinished(() => portal.close());
  const core = await startCore();
  const sourceId = await addSource(core, portal.url);
  const account = core.client.account;
  return { portal, core, sourceId, account };
}

/** The token that a home holds. */
async function heldToken(home: string, sourceId: string): Promise<string | null> {
  const box = createKeyFileBox(join(home, 'secrets.key'));
  return createSecretStore({ file: join(home, 'secrets.json'), box }).get(`session:${sourceId}`);
}

test('an account from its making to its end', async () => {
  const { core, portal, sourceId, account } = await aWorld();
  expect(await account.status({ sourceId })).toMatchObject({
    state: 'signed-out',
    email: null,
    code: null,
    reason: null,
  });
  expect((await account.status({ sourceId })).mailbox).toBe(portal.mailboxDir);
  const registered = await account.register({ sourceId, email, password, newsletter: true });
  expect(registered).toMatchObject({ state: 'unverified', email, code: { purpose: 'register' } });
  expect(registered.code?.remainingMs).toBeGreaterThan(29 * 60_000);
  expect(await codeOf(account.login({ sourceId, email, password }))).toBe('ACCOUNT_UNVERIFIED');
  const code = await readCode(portal, email);
  expect(await codeOf(account.verify({ sourceId, code: wrongCode(code) }))).toBe('CODE_WRONG');
  expect(await codeOf(account.verify({ sourceId, code: 'twelve' }))).toBe('CODE_WRONG');
  expect(await account.verify({ sourceId, code: ` ${code.slice(0, 3)}-${code.slice(3)} ` })).toMatchObject({
    state: 'signed-out',
    email,
    code: null,
  });
  expect(await codeOf(account.login({ sourceId, email, password: 'Another-Valley-28' }))).toBe(
    'CREDENTIALS_WRONG',
  );
  const signedIn = await account.login({ sourceId, email: ` ${email} `, password });
  expect(signedIn).toMatchObject({ state: 'signed-in', email, newsletter: true, reason: null });
  expect(await account.newsletter({ sourceId, subscribed: false })).toMatchObject({ newsletter: false });
  expect(await heldToken(core.home, sourceId)).not.toBeNull();
  expect(await account.logout({ sourceId })).toMatchObject({
    state: 'signed-out',
    sessionExpiresAtMs: null,
    reason: null,
  });
  expect(await heldToken(core.home, sourceId)).toBeNull();
  expect(await codeOf(account.newsletter({ sourceId, subscribed: true }))).toBe('SIGN_IN_NEEDED');
  expect(await account.logout({ sourceId })).toMatchObject({ state: 'signed-out' });
});

test.each([
  ['an address without a domain', { email: 'editor', password }, 'USAGE'],
  ['a password that is too plain', { email, password: 'password' }, 'PASSWORD_RULE'],
  ['a password with the address in it', { email, password: 'Editor@newsroom.example-27' }, 'PASSWORD_RULE'],
])('%s is refused before anything is sent', async (_what, given, code) => {
  const { portal, sourceId, account } = await aWorld();
  const asked = portal.counters.requests;
  expect(await codeOf(account.register({ sourceId, ...given }))).toBe(code);
  expect(portal.counters.requests).toBe(asked);
});

test('a code that is too old is told from a wrong one, and a newer one voids the older', async () => {
  const clock = createTestClock();
  const { portal, sourceId, account } = await aWorld({ now: clock.now });
  await account.register({ sourceId, email, password });
  const first = await readCode(portal, email);
  clock.advance(31 * 60_000);
  expect(await codeOf(account.verify({ sourceId, code: first }))).toBe('CODE_EXPIRED');
  const resent = await account.resend({ sourceId });
  expect(resent.code).toMatchObject({ purpose: 'register' });
  // Remaining time is by the portal's clock, however far that is from ours.
  expect(resent.code?.remainingMs).toBeLessThanOrEqual(30 * 60_000);
  expect(resent.code?.remainingMs).toBeGreaterThan(29 * 60_000);
  const second = await readCode(portal, email);
  // Six digits drawn anew are the same ones once in a million runs.
  expect(await codeOf(account.verify({ sourceId, code: first }))).toBe('CODE_WRONG');
  await account.verify({ sourceId, code: second });
});

test('a new password ends the session and the old password', async () => {
  const { core, portal, sourceId, account } = await aWorld();
  await makeAccount(portal, email);
  await account.login({ sourceId, email, password });
  const asked = await account.resetRequest({ sourceId, email });
  expect(asked).toMatchObject({ state: 'signed-in', code: { purpose: 'reset' } });
  const code = await readCode(portal, email);
  expect(await codeOf(account.verify({ sourceId, code }))).toBe('CODE_WRONG');
  const done = await account.resetConfirm({ sourceId, code, password: 'Meadow-Lantern-91' });
  expect(done).toMatchObject({ state: 'signed-out', code: null });
  expect(await heldToken(core.home, sourceId)).toBeNull();
  expect(await codeOf(account.login({ sourceId, email, password }))).toBe('CREDENTIALS_WRONG');
  expect(await account.login({ sourceId, email, password: 'Meadow-Lantern-91' })).toMatchObject({
    state: 'signed-in',
  });
});

test('asking about an address nobody has told is answered like any other', async () => {
  const { portal, sourceId, account } = await aWorld();
  expect(await account.resetRequest({ sourceId, email: 'nobody@example.org' })).toMatchObject({
    code: { purpose: 'reset' },
  });
  expect(await readMails(portal, 'nobody@example.org')).toEqual([]);
});

test('a session that the portal has ended signs out with the reason', async () => {
  const { core, portal, sourceId, account } = await aWorld();
  await makeAccount(portal, email);
  await account.login({ sourceId, email, password });
  portal.revokeSessions(email);
  expect(await codeOf(account.newsletter({ sourceId, subscribed: true }))).toBe('SIGN_IN_NEEDED');
  const status = await account.status({ sourceId });
  expect(status).toMatchObject({ state: 'signed-out', email, sessionExpiresAtMs: null });
  expect(status.reason).toContain('session has ended');
  expect(await heldToken(core.home, sourceId)).toBeNull();
  expect(await account.login({ sourceId, email, password })).toMatchObject({
    state: 'signed-in',
    reason: null,
  });
});

test('signing out works while the portal is away', async () => {
  const { core, portal, sourceId, account } = await aWorld();
  await makeAccount(portal, email);
  await account.login({ sourceId, email, password });
  await portal.close();
  expect(await account.logout({ sourceId })).toMatchObject({ state: 'signed-out' });
  expect(await heldToken(core.home, sourceId)).toBeNull();
});

test('whoever is signed in stays so while another account is made, tried and verified', async () => {
  const { core, portal, sourceId, account } = await aWorld();
  await makeAccount(portal, email);
  await account.login({ sourceId, email, password });
  const other = 'second@newsroom.example';
  expect((await account.register({ sourceId, email: other, password })).state).toBe('signed-in');
  expect(await codeOf(account.login({ sourceId, email: other, password }))).toBe('ACCOUNT_UNVERIFIED');
  expect((await account.status({ sourceId })).state).toBe('signed-in');
  expect((await account.verify({ sourceId, email: other, code: await readCode(portal, other) })).state).toBe(
    'signed-in',
  );
  expect(await heldToken(core.home, sourceId)).not.toBeNull();
});

test('the end of an old session, told late, does not end the new one', async () => {
  const portal = await playPortal({ assets: [anAsset()] });
  const late = Promise.withResolvers<void>();
  let tokens = 0;
  portal.answer = async (asked, response) => {
    if (asked.path.endsWith('/login')) {
      const token = `token-${++tokens}`;
      const account = { email, verified: true, newsletter: false };
      return sendJson(response, 200, { token, sessionExpiresAtMs: 9e12, account, nowMs: Date.now() });
    }
    if (asked.path !== renditionLinkPath('1-master') || asked.headers.authorization !== 'Bearer token-1')
      return false;
    await late.promise;
    return sendError(response, 401, 'SESSION_ENDED');
  };
  const core = await startCore();
  const sourceId = await addSource(core, portal.url);
  await syncSummary(core, sourceId);
  await core.client.account.login({ sourceId, email, password });
  const asset = (await core.client.catalogue.list({})).items[0];
  if (!asset) throw new Error('no asset');
  await core.client.downloads.add({ assetIds: [asset.id] });
  await until(() => portal.asked.some(({ path }) => path === renditionLinkPath('1-master')), Boolean);
  await core.client.account.login({ sourceId, email, password });
  late.resolve();
  await until(
    async () => (await core.client.downloads.list({})).downloads[0]?.state,
    (state) => state !== 'queued' && state !== 'running',
  );
  expect((await core.client.account.status({ sourceId })).state).toBe('signed-in');
  expect(await heldToken(core.home, sourceId)).toBe('token-2');
});

test('the token and the password are in no file of the home', async () => {
  const portal = await startPortal();
  onTestFinished(() => portal.close());
  const home = join(tempDir(), 'home');
  const core = await startCore({ home, log: createFileLog(home, 'cli') });
  const sourceId = await addSource(core, portal.url);
  await core.client.account.register({ sourceId, email, password });
  const code = await readCode(portal, email);
  await core.client.account.verify({ sourceId, code });
  await core.client.account.login({ sourceId, email, password });
  await syncSummary(core, sourceId);
  const token = (await heldToken(home, sourceId)) ?? '';
  expect(token.length).toBeGreaterThan(20);
  portal.revokeSessions(email);
  await codeOf(core.client.account.newsletter({ sourceId, subscribed: true }));
  await core.client.account.login({ sourceId, email, password });
  const secrets = [token, (await heldToken(home, sourceId)) ?? '', password, code];
  const holds: string[] = [];
  for (const entry of readdirSync(home, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || statSync(path).size > 50_000_000) continue;
    const bytes = readFileSync(path);
    // Six digits may stand in any file by chance; where the code matters is what is written as text.
    for (const secret of secrets.slice(0, 3)) if (bytes.includes(secret)) holds.push(path);
    if (path.endsWith('.log') && bytes.includes(code)) holds.push(path);
  }
  expect(holds).toEqual([]);
});

test('removing a source takes its session out of the secrets', async () => {
  const { core, portal, sourceId, account } = await aWorld();
  await makeAccount(portal, email);
  await account.login({ sourceId, email, password });
  await core.client.sources.remove({ id: sourceId });
  expect(readFileSync(join(core.home, 'secrets.json'), 'utf8')).toBe('{}');
});

test('a secret that another box has sealed reads as absent, and does not stop a new one', async () => {
  const { core, portal, sourceId, account } = await aWorld();
  await makeAccount(portal, email);
  await account.login({ sourceId, email, password });
  await core.close();
  const other: SecretBox = {
    name: 'key-store',
    seal: async (text) => Buffer.from(text).toString('hex'),
    open: async (sealed) => Buffer.from(sealed, 'hex').toString(),
  };
  const again = await startCore({ home: core.home, secretBox: other });
  expect(await codeOf(again.client.account.newsletter({ sourceId, subscribed: true }))).toBe(
    'SIGN_IN_NEEDED',
  );
  await again.client.account.login({ sourceId, email, password });
  expect(await again.client.account.newsletter({ sourceId, subscribed: true })).toMatchObject({
    newsletter: true,
  });
});
