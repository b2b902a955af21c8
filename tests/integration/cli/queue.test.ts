import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { downloadAttempt, downloadTotals } from '../../../shared/contract/downloads.ts';
import { rushesJson, runRushes, toldError, type RunOptions } from '../../support/run-rushes.ts';
import { aHome, downloadsDocument } from './cli-fixture.ts';

/** A home with three downloads that cannot go on, in the order of their names. */
async function queueOfThree(): Promise<{ at: RunOptions; ids: string[] }> {
  const at = aHome();
  // Nobody listens on this port any more, so each try ends at once.
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  for (const name of ['a', 'b', 'c']) {
    const url = `http://127.0.0.1:${port}/${name}.mp4`;
    const ran = await runRushes(
      ['get', url, '--insecure-http', '--allow-private', '--wait', '0', '--priority', 'low', '--json'],
      at,
    );
    expect(toldError(ran).code).toBe('NETWORK_UNAVAILABLE');
  }
  return { at, ids: (await listed(at)).map(({ id }) => id) };
}

async function listed(at: RunOptions) {
  const args = ['downloads', 'list', '--show', 'active'];
  return (await rushesJson(args, downloadsDocument, at)).downloads;
}

const namesOf = async (at: RunOptions): Promise<string[]> =>
  (await listed(at)).map(({ fileName }) => fileName);

it('orders the queue, says what was said of each, and tells how it stands', async () => {
  const { at, ids } = await queueOfThree();
  const [first = '', second = '', third = ''] = ids;
  expect(await namesOf(at)).toEqual(['a.mp4', 'b.mp4', 'c.mp4']);
  expect(await listed(at)).toMatchObject([{ priority: 'low' }, { priority: 'low' }, { priority: 'low' }]);
  await runRushes(['downloads', 'pause'], at);
  await rushesJson(['downloads', 'move', third, '--first'], downloadsDocument, at);
  expect(await namesOf(at)).toEqual(['c.mp4', 'a.mp4', 'b.mp4']);
  await rushesJson(['downloads', 'move', third, '--before', second], downloadsDocument, at);
  expect(await namesOf(at)).toEqual(['a.mp4', 'c.mp4', 'b.mp4']);
  await rushesJson(['downloads', 'move', first, '--last'], downloadsDocument, at);
  expect(await namesOf(at)).toEqual(['c.mp4', 'b.mp4', 'a.mp4']);

  const before = Date.now();
  const change = [
    'downloads',
    'change',
    first,
    '--priority',
    'high',
    '--needed-by',
    '+2h',
    '--max-rate',
    '2.5M',
  ];
  const [changed] = (await rushesJson(change, downloadsDocument, at)).downloads;
  expect(changed).toMatchObject({ priority: 'high', maxRate: 2_500_000 });
  expect(changed?.neededByMs).toBeGreaterThanOrEqual(before + 7_200_000);
  const taken = await rushesJson(
    ['downloads', 'change', first, '--needed-by', 'none', '--max-rate', 'none'],
    downloadsDocument,
    at,
  );
  expect(taken.downloads).toMatchObject([{ priority: 'high', maxRate: null, neededByMs: null }]);

  const totals = await rushesJson(['downloads', 'status'], downloadTotals, at);
  expect(totals).toMatchObject({ paused: 3, running: 0, rule: { name: 'Full speed', holds: false } });
  const { attempts } = await rushesJson(
    ['downloads', 'attempts', first],
    z.object({ attempts: z.array(downloadAttempt) }),
    at,
  );
  expect(attempts.map(({ outcome }) => outcome)).toContain('SERVER_UNREACHABLE');

  await runRushes(['downloads', 'cancel', '--all'], at);
  const forgot = await rushesJson(['downloads', 'forget'], z.object({ forgotten: z.number() }), at);
  expect(forgot).toEqual({ forgotten: 3 });
  expect((await rushesJson(['downloads', 'list'], downloadsDocument, at)).downloads).toEqual([]);
});

it('looks at the queue without moving it', async () => {
  const { at, ids } = await queueOfThree();
  const [first = ''] = ids;
  const attemptsOf = async (): Promise<unknown[]> =>
    (await rushesJson(['downloads', 'attempts', first], z.object({ attempts: z.array(downloadAttempt) }), at))
      .attempts;
  const before = await attemptsOf();
  for (const args of [
    ['downloads', 'status'],
    ['downloads', 'list'],
    ['source', 'list'],
    ['settings', 'list'],
  ]) {
    expect((await runRushes(args, at)).code).toBe(0);
  }
  expect(await attemptsOf()).toEqual(before);
  for (const one of await listed(at))
    expect(one).toMatchObject({ state: 'waiting', reason: 'SERVER_UNREACHABLE' });
});

it.each([
  [['move', 'x'], 'Say where to'],
  [['move', 'x', '--first', '--last'], 'Say where to'],
  [['change', 'x'], 'Say what to change'],
  [['change', 'x', '--priority', 'urgent'], 'urgent'],
  [['change', 'x', '--needed-by', 'yesterday'], 'must be a time'],
  [['change', 'x', '--max-rate', 'fast'], 'bytes a second'],
])('refuses downloads %j in one sentence', async (args, sentence) => {
  const ran = await runRushes(['downloads', ...args, '--json'], aHome());
  expect(ran.code).toBe(2);
  expect(toldError(ran).message).toContain(sentence);
});

it('knows no download by that name', async () => {
  const at = aHome();
  for (const args of [
    ['attempts', 'nothing'],
    ['change', 'nothing', '--priority', 'low'],
    ['move', 'nothing', '--last'],
    ['swap', 'nothing', 'other'],
  ]) {
    const ran = await runRushes(['downloads', ...args, '--json'], at);
    expect(toldError(ran).code).toBe('NOT_FOUND');
  }
});
