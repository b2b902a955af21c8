import { readdir } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { goodPassword, startPortal } from '../../support/portal.ts';
import { rushesJson, runRushes, startRushes, toldError } from '../../support/run-rushes.ts';
import { tempDir } from '../../support/temp.ts';
import {
  accountDocument,
  aPortal,
  email,
  downloadsDocument,
  largestAsset,
  sha256Of,
  signedIn,
} from './cli-fixture.ts';

/** Slow enough that a download of 30 MB over four connections lasts some seconds. */
const slow = { throttleBytesPerSecond: 2_500_000 };

const progressLine = z.object({
  progress: z.object({ done: z.number(), total: z.number().nullable(), unit: z.string() }),
});

/** Whether the newest progress line tells of at least this share. */
function isPast(share: number): (text: string) => boolean {
  return (text) => {
    const line = text.slice(0, text.lastIndexOf('\n')).split('\n').at(-1) ?? '';
    const told = line.startsWith('{"progress"') ? progressLine.parse(JSON.parse(line)).progress : null;
    return told !== null && told.unit === 'bytes' && told.done >= share * (told.total ?? Infinity);
  };
}

it(
  'goes on after kill -9 at half of a file, and ends with the promised bytes',
  { timeout: 120_000 },
  async () => {
    const portal = await aPortal(slow);
    const at = await signedIn(portal);
    const asset = await largestAsset(portal, at);

    const first = startRushes(['download', asset.id, '--progress', 'json'], at);
    await first.seen('stderr', isPast(0.5));
    expect(await first.stop('SIGKILL')).toMatchObject({ code: null, signal: 'SIGKILL' });

    const sentBefore = portal.counters.fileBytesSent;
    const { downloads } = await rushesJson(['download', asset.id], downloadsDocument, at);
    const [done] = downloads;
    expect(downloads).toHaveLength(1);
    expect(done).toMatchObject({ state: 'complete', verified: 'hash' });
    const promised = asset.renditions.find(({ id }) => id === done?.renditionId)?.hash;
    expect(promised).toEqual({ kind: 'sha256', value: done?.sha256 });
    expect(await sha256Of(done?.path ?? '')).toBe(promised?.value);
    expect(portal.counters.fileBytesSent - sentBefore).toBeLessThan(0.8 * (done?.bytes ?? 0));
    expect((await readdir(done?.dir ?? '')).filter((name) => name.endsWith('.part'))).toEqual([]);
  },
);

it('stops cleanly on Ctrl-C with 130, and the same command goes on', { timeout: 120_000 }, async () => {
  const portal = await aPortal(slow);
  const at = await signedIn(portal);
  const asset = await largestAsset(portal, at);

  const first = startRushes(['download', asset.id, '--progress', 'json', '--json'], at);
  await first.seen('stderr', isPast(0.3));
  const ended = await first.stop('SIGINT');
  expect(ended.code).toBe(130);
  expect(toldError(ended)).toMatchObject({
    code: 'CANCELLED',
    hint: expect.stringContaining('goes on where it stopped'),
  });

  const { downloads } = await rushesJson(['downloads', 'resume'], downloadsDocument, at);
  expect(downloads).toMatchObject([{ state: 'complete', assetId: asset.id }]);
  expect(await sha256Of(downloads[0]?.path ?? '')).toBe(downloads[0]?.sha256);
});

it(
  'keeps what came in when the portal goes away, and goes on when it is back',
  { timeout: 120_000 },
  async () => {
    const dir = tempDir();
    const portal = await startPortal({ ...slow, dir });
    onTestFinished(() => portal.close());
    const at = await signedIn(portal);
    const asset = await largestAsset(portal, at);
    const running = startRushes(['download', asset.id, '--progress', 'json', '--json', '--wait', '2'], at);
    await running.seen('stderr', isPast(0.3));
    await portal.close();
    const ended = await running.ended();
    expect(ended.code).toBe(4);
    expect(toldError(ended).code).toBe('NETWORK_UNAVAILABLE');
    const kept = downloadsDocument.parse(ended.json).downloads[0];
    expect(kept).toMatchObject({ state: 'waiting', path: null });
    expect(kept?.bytes).toBeGreaterThan(0);

    const back = await startPortal({ dir, port: Number(new URL(portal.url).port) });
    onTestFinished(() => back.close());
    const { downloads } = await rushesJson(['download', asset.id], downloadsDocument, at);
    expect(downloads).toMatchObject([{ id: kept?.id, state: 'complete', verified: 'hash' }]);
    expect(back.counters.fileBytesSent).toBeLessThanOrEqual((downloads[0]?.bytes ?? 0) - (kept?.bytes ?? 0));
  },
);

it('ends with 3 where it waits for a sign-in, and completes after one', { timeout: 120_000 }, async () => {
  const portal = await aPortal();
  const at = await signedIn(portal);
  const asset = await largestAsset(portal, at);
  portal.revokeSessions(email);
  const refused = await runRushes(['download', asset.id, '--json'], at);
  expect(refused.code).toBe(3);
  expect(refused.json).toMatchObject({
    downloads: [{ state: 'waiting', reason: 'SIGN_IN_NEEDED', path: null }],
  });
  expect(toldError(refused).hint).toContain('rushes account login');

  const login = ['account', 'login', '--email', email, '--password-stdin'];
  await rushesJson(login, accountDocument, { ...at, input: `${goodPassword}\n` });
  const { downloads } = await rushesJson(['download', asset.id], downloadsDocument, at);
  expect(downloads).toMatchObject([{ state: 'complete', verified: 'hash' }]);
});
