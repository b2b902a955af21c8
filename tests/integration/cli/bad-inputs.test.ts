import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { lockHome } from '../../../electron/core/storage/home-lock.ts';
import type { Portal } from '../../../electron/portal/options.ts';
import { createTestClock, goodPassword, makeAccount, readCode, startPortal } from '../../support/portal.ts';
import { rushesJson, runRushes, toldError, type RunOptions } from '../../support/run-rushes.ts';
import { aHome, aPortal, email, largestAsset, signedIn, sourceDocument } from './cli-fixture.ts';

/** Runs with --json and answers the exit code with the code of the error. */
async function failure(args: readonly string[], at: RunOptions) {
  const ran = await runRushes([...args, '--json'], at);
  return { exit: ran.code, stdout: ran.stdout, ...toldError(ran) };
}

it('tells what is not understood to people on stderr, in plain words, and ends with 2', async () => {
  const ran = await runRushes(['serch'], aHome());
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toMatch(/^rushes: Unknown command 'serch' \(Did you mean search\?\)\n/);
});

describe('what is not there', () => {
  it.each([
    ['an id of nothing', ['show', 'no-such-id'], { code: 'NOT_FOUND', exit: 1 }],
    ['a sync without a source', ['sync'], { code: 'NOT_FOUND', exit: 1 }],
    ['a source that is not known', ['sync', 'elsewhere'], { code: 'NOT_FOUND', exit: 1 }],
    ['a download that is not known', ['downloads', 'resume', 'no-such-id'], { code: 'NOT_FOUND', exit: 1 }],
    ['a folder that is not there', ['library', 'add', '/no/such/folder'], { code: 'NOT_FOUND', exit: 1 }],
    [
      'a file that is not there',
      ['thumbs', '/no/such/file.mp4', '--out', '/tmp/never'],
      { code: 'NOT_FOUND', exit: 1 },
    ],
    ['a clip that is not known', ['tag', 'no-such-id', '--add', 'x'], { code: 'NOT_FOUND', exit: 1 }],
    [
      'a portal that is down',
      ['source', 'add', 'http://127.0.0.1:9'],
      { code: 'NETWORK_UNAVAILABLE', exit: 4 },
    ],
    ['plain http', ['get', 'http://files.example/a.mp4'], { code: 'ADDRESS_REFUSED', exit: 2 }],
    ['a private address', ['get', 'https://127.0.0.1:9/a.mp4'], { code: 'ADDRESS_REFUSED', exit: 2 }],
  ])('%s', async (_what, args, told) => {
    expect(await failure(args, aHome())).toMatchObject(told);
  });
});

describe('an account', () => {
  let portal: Portal;
  const clock = createTestClock(Date.now());
  beforeAll(async () => {
    portal = await startPortal({ items: 1, now: clock.now });
  });
  afterAll(() => portal.close());
  const withSource = async (): Promise<RunOptions> => {
    const at = aHome();
    await rushesJson(['source', 'add', portal.url], sourceDocument, at);
    return at;
  };

  it('does not open with a wrong password', async () => {
    await makeAccount(portal, email);
    const at = { ...(await withSource()), input: 'Wrong-Password-11\n' };
    const told = await failure(['account', 'login', '--email', email, '--password-stdin'], at);
    expect(told).toMatchObject({ exit: 3, code: 'CREDENTIALS_WRONG' });
    expect(JSON.stringify(told)).not.toContain('Wrong-Password-11');
  });

  it('is not made with a password that does not meet the rule', async () => {
    const at = { ...(await withSource()), input: 'short\n' };
    const told = await failure(['account', 'register', '--email', 'a@b.example', '--password-stdin'], at);
    expect(told).toMatchObject({ exit: 2, code: 'PASSWORD_RULE' });
  });

  it('is not verified with a code that is too old', async () => {
    const late = 'late@newsroom.example';
    const at = await withSource();
    const register = ['account', 'register', '--email', late, '--password-stdin', '--json'];
    expect((await runRushes(register, { ...at, input: `${goodPassword}\n` })).code).toBe(0);
    const code = await readCode(portal, late);
    clock.advance(31 * 60_000);
    const told = await failure(['account', 'verify', '--code', code], at);
    expect(told).toMatchObject({ exit: 1, code: 'CODE_EXPIRED' });
  });

  it('does not sync or download while the portal is down', async () => {
    const gone = await startPortal({ items: 6 });
    onTestFinished(() => gone.close());
    const at = await signedIn(gone);
    const asset = await largestAsset(gone, at);
    await gone.close();
    expect(await failure(['sync'], at)).toMatchObject({ exit: 4 });
    const told = await failure(['download', asset.id, '--wait', '1'], at);
    expect(told).toMatchObject({ exit: 4, code: 'NETWORK_UNAVAILABLE' });
    expect(JSON.parse(told.stdout)).toMatchObject({ downloads: [{ state: 'waiting', path: null }] });
  });
});

describe('a home that cannot be used', () => {
  it('is refused when another process works on it', async () => {
    const at = aHome();
    const lock = lockHome(at.home);
    onTestFinished(() => lock.release({ clean: true }));
    const told = await failure(['source', 'list'], at);
    expect(told).toMatchObject({ exit: 1, code: 'HOME_IN_USE' });
    expect(told.message).toContain(String(process.pid));
  });

  it('is refused when a newer version has written it', async () => {
    const at = aHome();
    expect((await runRushes(['source', 'list'], at)).code).toBe(0);
    const db = new Database(join(at.home, 'user.db'));
    db.pragma('user_version = 999');
    db.close();
    const ran = await runRushes(['source', 'list'], at);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/^rushes: .*newer/i);
    expect(await failure(['search', 'x'], at)).toMatchObject({ exit: 1, code: 'DATABASE_NEWER' });
  });
});

describe('a full disk', () => {
  const limiter = '/usr/bin/prlimit';

  it('ends with 5 and leaves nothing under the final name', async (context) => {
    context.skip(!existsSync(limiter), `${limiter} is not on this machine`);
    const portal = await aPortal();
    const at = await signedIn(portal);
    const asset = await largestAsset(portal, at);
    await mkdir(at.env?.['RUSHES_DOWNLOADS'] ?? '', { recursive: true });
    // A file may not grow beyond 6 MB: what a write sees then is what a quota shows it.
    const limited: RunOptions = { ...at, under: [limiter, '--fsize=6000000'] };
    const ran = await runRushes(['download', asset.id, '--json'], limited);
    expect(ran.code).toBe(5);
    expect(ran.json).toMatchObject({
      downloads: [{ path: null, reason: expect.stringMatching(/NO_SPACE|FILE_/) }],
    });
    const again = await runRushes(['download', asset.id, '--json'], at);
    expect(again.json).toMatchObject({ downloads: [{ state: 'complete', verified: 'hash' }] });
  });
});
