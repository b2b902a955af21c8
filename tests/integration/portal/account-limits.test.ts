import { afterEach, describe, expect, it } from 'vitest';
import { portalPaths } from '../../../shared/portal-api/paths.ts';
import type { Portal } from '../../../electron/portal/options.ts';
import {
  createTestClock,
  goodPassword,
  logIn,
  makeAccount,
  readCode,
  send,
  startPortal,
} from '../../support/portal.ts';

const hourMs = 60 * 60_000;
let portal: Portal | undefined;

afterEach(async () => {
  await portal?.close();
  portal = undefined;
});

describe('limits', () => {
  it.each([
    ['a known address', true],
    ['an unknown address', false],
  ])('allows five codes an hour for %s, and says when the next may be asked for', async (_what, known) => {
    const clock = createTestClock();
    portal = await startPortal({ now: clock.now, items: 1 });
    const email = 'hour@newsroom.example';
    if (known) await makeAccount(portal, email);
    const ask = () => send(portal as Portal, portalPaths.resetRequest, { body: { email } });
    const statuses: number[] = [];
    let last = await ask();
    for (let sends = known ? 2 : 1; sends < 5; sends += 1) {
      statuses.push(last.status);
      clock.advance(60_000);
      last = await ask();
    }
    expect(new Set([...statuses, last.status])).toEqual(new Set([202]));
    const wait = (last.body as { resendAfterMs: number }).resendAfterMs;
    expect(wait).toBeGreaterThan(0);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ error: { code: 'TOO_MANY_CODES', retryAfterMs: wait } });
    expect(refused.headers.get('retry-after')).toBe(String(Math.ceil(wait / 1000)));
    clock.advance(wait);
    expect((await ask()).status).toBe(202);
  });

  it('slows down wrong passwords for known and unknown addresses alike, and a reset clears it', async () => {
    const clock = createTestClock();
    portal = await startPortal({ now: clock.now, items: 1 });
    const running = portal;
    const email = 'guess@newsroom.example';
    await makeAccount(running, email);
    const guess = (address: string) =>
      send(running, portalPaths.login, { body: { email: address, password: 'Wrong-Lantern-00' } });
    const walk = async (address: string): Promise<number[]> => {
      const statuses: number[] = [];
      for (let tries = 0; tries < 4; tries += 1) statuses.push((await guess(address)).status);
      return statuses;
    };
    expect(await walk(email)).toEqual([401, 401, 401, 429]);
    expect(await walk('nobody@newsroom.example')).toEqual([401, 401, 401, 429]);
    const blocked = await send(running, portalPaths.login, { body: { email, password: goodPassword } });
    expect(blocked).toMatchObject({ status: 429, body: { error: { code: 'TOO_MANY_TRIES' } } });
    expect(blocked.headers.get('retry-after')).toBe('1');
    await send(running, portalPaths.resetRequest, { body: { email } });
    const code = await readCode(running, email);
    await send(running, portalPaths.resetConfirm, { body: { email, code, password: goodPassword } });
    await expect(logIn(running, email)).resolves.toBeTypeOf('string');
  });

  it('lets the right password in once the wait is over', async () => {
    const clock = createTestClock();
    portal = await startPortal({ now: clock.now, items: 1 });
    const email = 'wait@newsroom.example';
    await makeAccount(portal, email);
    for (let tries = 0; tries < 3; tries += 1) {
      await send(portal, portalPaths.login, { body: { email, password: 'Wrong-Lantern-00' } });
    }
    clock.advance(1_000);
    await expect(logIn(portal, email)).resolves.toBeTypeOf('string');
  });
});

describe('enumeration', () => {
  it('answers known and unknown addresses with the same status, body and, within noise, time', async () => {
    const clock = createTestClock();
    portal = await startPortal({ now: clock.now, items: 1 });
    const running = portal;
    const trials = 30;
    await makeAccount(running, 'known@newsroom.example');
    const requests = {
      register: (email: string) =>
        send(running, portalPaths.register, { body: { email, password: goodPassword } }),
      reset: (email: string) => send(running, portalPaths.resetRequest, { body: { email } }),
      login: (email: string) =>
        send(running, portalPaths.login, { body: { email, password: 'Wrong-Lantern-00' } }),
    };
    for (const [name, request] of Object.entries(requests)) {
      const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
      for (let trial = 0; trial < trials; trial += 1) {
        clock.advance(hourMs);
        const known = await timed(() => request('known@newsroom.example'));
        // A fresh address for register, which would be known after its first trial.
        const unknown = await timed(() => request(`unknown${trial}.${name}@newsroom.example`));
        expect(unknown.answer.status).toBe(known.answer.status);
        expect(unknown.answer.body).toEqual(known.answer.body);
        times.known.push(known.ms);
        times.unknown.push(unknown.ms);
        // The last back-off of the known address must not differ from the first one of an unknown address.
        if (name === 'login') await logInAfterWait(running, clock);
      }
      const [known, unknown] = [median(times.known), median(times.unknown)];
      console.log(
        `${name}: median ${known.toFixed(1)} ms known, ${unknown.toFixed(1)} ms unknown (${trials} pairs)`,
      );
      // Generous, because other programs share the machine; the medians above are what is looked at.
      expect(Math.abs(known - unknown)).toBeLessThan(Math.max(20, 0.5 * Math.max(known, unknown)));
    }
  }, 120_000);
});

async function logInAfterWait(running: Portal, clock: { advance(ms: number): void }): Promise<void> {
  clock.advance(hourMs);
  await logIn(running, 'known@newsroom.example');
}

async function timed<T>(request: () => Promise<T>): Promise<{ answer: T; ms: number }> {
  const startedMs = performance.now();
  const answer = await request();
  return { answer, ms: performance.now() - startedMs };
}

function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
