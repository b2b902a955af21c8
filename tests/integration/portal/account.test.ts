import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { portalPaths } from '../../../shared/portal-api/paths.ts';
import type { Portal } from '../../../electron/portal/options.ts';
import {
  createTestClock,
  goodPassword,
  logIn,
  makeAccount,
  readCode,
  readMails,
  send,
  startPortal,
  wrongCode,
} from '../../support/portal.ts';

const minuteMs = 60_000;
const clock = createTestClock();
let portal: Portal;

beforeAll(async () => {
  portal = await startPortal({ now: clock.now, items: 1 });
});
afterAll(() => portal.close());

const register = (email: string) =>
  send(portal, portalPaths.register, { body: { email, password: goodPassword } });
const verify = (email: string, code: string) => send(portal, portalPaths.verify, { body: { email, code } });
const codeOf = (body: unknown) => expect.objectContaining({ error: expect.objectContaining({ code: body }) });

describe('registration', () => {
  it('mails a code that verifies the account, and then the password opens a session', async () => {
    const email = 'first@newsroom.example';
    const registered = await register(email);
    expect(registered.status).toBe(202);
    expect(registered.body).toEqual({
      state: 'code-sent',
      codeExpiresAtMs: clock.now() + 30 * minuteMs,
      resendAfterMs: 0,
      nowMs: clock.now(),
    });
    expect(await verify(email, await readCode(portal, email))).toMatchObject({
      status: 200,
      body: { state: 'verified' },
    });
    const login = await send(portal, portalPaths.login, { body: { email, password: goodPassword } });
    expect(login.status).toBe(200);
    expect(login.body).toMatchObject({ account: { email, verified: true, newsletter: false } });
  });

  it('takes an address without regard to case and surrounding space', async () => {
    await makeAccount(portal, 'Case.Test@Newsroom.example');
    await expect(logIn(portal, ' case.test@newsroom.EXAMPLE ')).resolves.toMatch(/^[\w-]{43}$/);
  });

  it('names every point of the password rule that is not met', async () => {
    const answer = await send(portal, portalPaths.register, {
      body: { email: 'x@y.example', password: 'short 1' },
    });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      error: { code: 'PASSWORD_RULE', failures: ['too-short', 'white-space', 'no-upper', 'no-symbol'] },
    });
  });

  it('does not verify with a code that is a minute too old, and says so only for the right digits', async () => {
    const email = 'late@newsroom.example';
    await register(email);
    const code = await readCode(portal, email);
    clock.advance(31 * minuteMs);
    expect((await verify(email, wrongCode(code))).body).toEqual(codeOf('CODE_WRONG'));
    expect((await verify(email, code)).body).toEqual(codeOf('CODE_EXPIRED'));
  });

  it('accepts a code one moment before its end', async () => {
    const email = 'just@newsroom.example';
    await register(email);
    clock.advance(30 * minuteMs - 1);
    expect((await verify(email, await readCode(portal, email))).status).toBe(200);
  });

  it('voids the older code when a new one is sent', async () => {
    const email = 'again@newsroom.example';
    await register(email);
    const older = await readCode(portal, email);
    await send(portal, portalPaths.resend, { body: { email, purpose: 'register' } });
    const newer = await readCode(portal, email);
    expect((await verify(email, older)).body).toEqual(codeOf('CODE_WRONG'));
    expect((await verify(email, newer)).status).toBe(200);
  });

  it('lets a code work once', async () => {
    const email = 'once@newsroom.example';
    await makeAccount(portal, email);
    expect((await verify(email, await readCode(portal, email))).body).toEqual(codeOf('CODE_WRONG'));
  });

  it('voids a code after five wrong tries', async () => {
    const email = 'five@newsroom.example';
    await register(email);
    const code = await readCode(portal, email);
    for (let tries = 0; tries < 5; tries += 1) await verify(email, wrongCode(code));
    expect((await verify(email, code)).body).toEqual(codeOf('CODE_WRONG'));
  });

  it('binds a code to its purpose and its address', async () => {
    const email = 'bound@newsroom.example';
    await register(email);
    const code = await readCode(portal, email);
    const confirm = { email, code, password: goodPassword };
    expect((await send(portal, portalPaths.resetConfirm, { body: confirm })).body).toEqual(
      codeOf('CODE_WRONG'),
    );
    await register('neighbour@newsroom.example');
    expect((await verify('neighbour@newsroom.example', code)).body).toEqual(codeOf('CODE_WRONG'));
    expect((await verify(email, code)).status).toBe(200);
  });

  it('tells the holder of a known address by mail, and changes nothing', async () => {
    const email = 'known@newsroom.example';
    await makeAccount(portal, email);
    const again = await send(portal, portalPaths.register, {
      body: { email, password: 'Another-Lantern-28' },
    });
    expect(again.status).toBe(202);
    expect((await readMails(portal, email)).at(-1)?.subject).toMatch(/already have an account/);
    await expect(logIn(portal, email)).resolves.toBeTypeOf('string');
  });
});

describe('sessions', () => {
  it('refuses the right password of an unverified account and sends a code when none is live', async () => {
    const email = 'unverified@newsroom.example';
    await register(email);
    const login = () => send(portal, portalPaths.login, { body: { email, password: goodPassword } });
    expect(await login()).toMatchObject({ status: 403, body: codeOf('ACCOUNT_UNVERIFIED') });
    expect(await readMails(portal, email)).toHaveLength(1);
    clock.advance(31 * minuteMs);
    await login();
    expect(await readMails(portal, email)).toHaveLength(2);
    expect((await verify(email, await readCode(portal, email))).status).toBe(200);
  });

  it('ends by logout, by its age and by revocation', async () => {
    const email = 'sessions@newsroom.example';
    await makeAccount(portal, email);
    const session = (token: string) => send(portal, portalPaths.session, { token });
    const [one, two, three] = [
      await logIn(portal, email),
      await logIn(portal, email),
      await logIn(portal, email),
    ];
    expect((await send(portal, portalPaths.logout, { method: 'POST', token: one })).status).toBe(204);
    expect(await session(one)).toMatchObject({ status: 401, body: codeOf('SESSION_ENDED') });
    expect((await session(two)).status).toBe(200);
    portal.revokeSessions(email);
    expect((await session(two)).status).toBe(401);
    expect((await session(three)).status).toBe(401);
    const four = await logIn(portal, email);
    clock.advance(12 * 60 * minuteMs);
    expect((await session(four)).status).toBe(401);
  });

  it('keeps the newsletter as the account wishes', async () => {
    const email = 'letter@newsroom.example';
    await makeAccount(portal, email);
    const token = await logIn(portal, email);
    const put = await send(portal, portalPaths.newsletter, {
      method: 'PUT',
      token,
      body: { subscribed: true },
    });
    expect(put.body).toEqual({ newsletter: true });
    expect((await send(portal, portalPaths.session, { token })).body).toMatchObject({
      account: { newsletter: true },
    });
  });
});

describe('password reset', () => {
  it('ends every session, mails a notice and asks for the new password from then on', async () => {
    const email = 'reset@newsroom.example';
    const password = 'Quiet-Harbour-93';
    await makeAccount(portal, email);
    const token = await logIn(portal, email);
    expect((await send(portal, portalPaths.resetRequest, { body: { email } })).status).toBe(202);
    const code = await readCode(portal, email);
    const weak = await send(portal, portalPaths.resetConfirm, { body: { email, code, password: 'weak' } });
    expect(weak.body).toEqual(codeOf('PASSWORD_RULE'));
    const confirmed = await send(portal, portalPaths.resetConfirm, { body: { email, code, password } });
    expect(confirmed).toMatchObject({ status: 200, body: { state: 'password-updated' } });
    expect((await send(portal, portalPaths.session, { token })).status).toBe(401);
    expect((await readMails(portal, email)).at(-1)?.subject).toMatch(/password was changed/);
    const old = await send(portal, portalPaths.login, { body: { email, password: goodPassword } });
    expect(old.body).toEqual(codeOf('CREDENTIALS_WRONG'));
    await expect(logIn(portal, email, password)).resolves.toBeTypeOf('string');
  });
});
