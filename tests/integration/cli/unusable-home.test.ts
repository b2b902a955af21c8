import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runRushes, toldError, type RunOptions } from '../../support/run-rushes.ts';
import { aHome } from './cli-fixture.ts';

/** A run of a small command with --json: its exit code and the code of its error. */
async function failure(at: RunOptions, args: readonly string[] = ['source', 'list']) {
  const ran = await runRushes([...args, '--json'], { longestMs: 20_000, ...at });
  return { exit: ran.code, stdout: ran.stdout, ...toldError(ran) };
}

const unusable = { exit: 5, code: 'DISK_ERROR', stdout: '' };

/** A home that was used once. */
async function usedHome(): Promise<RunOptions> {
  const at = aHome();
  expect((await runRushes(['source', 'list'], at)).code).toBe(0);
  return at;
}

it('a file where the home should be is named, and ends with 5', async () => {
  const { home } = aHome();
  await writeFile(home, 'mine');
  const told = await failure({ home });
  expect(told).toMatchObject(unusable);
  expect(told.message).toBe(`The home folder ${home} cannot be used.`);
  expect(await failure({ home: join(home, 'sub') })).toMatchObject(unusable);
  expect(await readFile(home, 'utf8')).toBe('mine');
});

it('a link to nowhere and a name that is too long are no homes', async () => {
  const { home } = aHome();
  await symlink(join(home, '..', 'nowhere', 'x'), home);
  expect(await failure({ home })).toMatchObject(unusable);
  expect(await failure({ home: join(home, '..', 'x'.repeat(300)) })).toMatchObject(unusable);
});

it('something else in the place of a file of the home ends with 5', async () => {
  const at = aHome();
  await mkdir(join(at.home, 'user.db'), { recursive: true });
  expect(await failure(at)).toMatchObject(unusable);
});

it('junk in the lock file is named with what to do about it', async () => {
  const at = await usedHome();
  await writeFile(join(at.home, 'home.lock'), 'this is no lock of ours');
  const told = await failure(at);
  expect(told).toMatchObject(unusable);
  expect(told.message).toContain('home.lock');
});

it('an emptied user.db is damage, not a library of nothing', async () => {
  const at = await usedHome();
  await writeFile(join(at.home, 'user.db'), '');
  expect(await failure(at)).toMatchObject({ exit: 6, code: 'DATABASE_DAMAGED' });
});

it('a first start that was cut off before it wrote anything is no damage', async () => {
  const at = aHome();
  await mkdir(at.home, { recursive: true });
  await writeFile(join(at.home, 'user.db'), '');
  expect((await runRushes(['source', 'list'], at)).code).toBe(0);
});

const proc = existsSync('/proc/self') && existsSync('/dev/full');
if (!proc)
  console.warn('SKIPPED: /proc as a home and a full output, because this machine has no /proc, /dev/full');

it.skipIf(!proc)('a folder that can never be made ends at once, wherever it is asked for', async () => {
  expect(await failure({ home: '/proc/rushes' })).toMatchObject(unusable);
  expect(await failure(aHome(), ['portal', '--dir', '/proc/rushes'])).toMatchObject(unusable);
  const get = ['get', 'http://127.0.0.1:9/a', '--insecure-http', '--allow-private', '--to', '/proc/rushes'];
  expect(await failure(aHome(), get)).toMatchObject(unusable);
});

it.skipIf(!proc)('a result that cannot be written is one sentence, not a stack', async () => {
  const under = ['/bin/sh', '-c', 'exec "$@" >/dev/full', 'sh'] as const;
  const ran = await runRushes(['source', 'list', '--json'], { ...aHome(), under: [...under] });
  expect(ran.code).toBe(5);
  expect(toldError(ran)).toMatchObject({ code: 'DISK_FULL' });
  expect(ran.stderr.trim().split('\n')).toHaveLength(1);
});
