import { expect, it } from 'vitest';
import { RestingFault } from '../../../../../electron/core/downloads/outcome.ts';
import { createBreaker } from '../../../../../electron/core/downloads/traffic/breaker.ts';
import { HostLimits } from '../../../../../electron/core/downloads/traffic/host-limits.ts';
import type { HostSlot } from '../../../../../electron/core/downloads/transfer-context.ts';

const host = 'a.example.org';
const never = new AbortController().signal;

function limitsOf({ perHost = 8, total = 64 } = {}) {
  let time = 0;
  const now = (): number => time;
  const breaker = createBreaker({ now, random: () => 1, factor: 1 });
  const limits = new HostLimits({ perHost: () => perHost, total: () => total, breaker, now });
  return { limits, breaker, to: (at: number) => void (time = at) };
}

/** Takes without waiting; null when there is no slot now. */
async function tryTake(
  limits: ReturnType<typeof limitsOf>['limits'],
  download: string,
  from = host,
): Promise<HostSlot | null> {
  const giveUp = new AbortController();
  const taken = limits.of(download).take(from, giveUp.signal);
  const slot = await Promise.race([taken, new Promise<null>((resolve) => setImmediate(() => resolve(null)))]);
  if (slot) return slot;
  giveUp.abort(new Error('Given up.'));
  return taken.catch(() => null);
}

async function takeAll(limits: ReturnType<typeof limitsOf>['limits'], download: string, from = host) {
  const slots: HostSlot[] = [];
  for (let slot = await tryTake(limits, download, from); slot; slot = await tryTake(limits, download, from)) {
    slot.serves();
    slots.push(slot);
  }
  return slots;
}

it('gives as many as a host and all together may have', async () => {
  const { limits } = limitsOf({ perHost: 3, total: 5 });
  expect(await takeAll(limits, 'one')).toHaveLength(3);
  expect(await takeAll(limits, 'two', 'b.example.org')).toHaveLength(2);
  expect(limits.inUse('one')).toBe(3);
});

it('halves for a host that refuses, once for refusals that belong together', async () => {
  const { limits, to } = limitsOf({ perHost: 8 });
  const slots = await takeAll(limits, 'one');
  for (const slot of slots) slot.release('refused');
  expect(limits.limitOf(host)).toBe(4);
  to(3000);
  const [slot] = await takeAll(limits, 'one').then((all) => all.slice(0, 1));
  slot?.release('broken');
  expect(limits.limitOf(host)).toBe(3);
});

it('never goes below one connection', async () => {
  const { limits, to } = limitsOf({ perHost: 2 });
  for (let round = 1; round <= 4; round++) {
    to(round * 3000);
    (await tryTake(limits, 'one'))?.release('broken');
  }
  expect(limits.limitOf(host)).toBe(1);
});

it('grows slowly with successes, and with time in which all is well', async () => {
  const { limits, to } = limitsOf({ perHost: 8 });
  const slots = await takeAll(limits, 'one');
  for (const slot of slots) slot.release('refused');
  expect(limits.limitOf(host)).toBe(4);
  for (let count = 0; count < 5; count++) (await tryTake(limits, 'one'))?.release('fine');
  expect(limits.limitOf(host)).toBe(5);
  to(45_000);
  expect(limits.limitOf(host)).toBe(7);
  to(3_600_000);
  expect(limits.limitOf(host)).toBe(8);
});

it('gives a free slot to the download that has the fewest', async () => {
  const { limits } = limitsOf({ perHost: 4 });
  const greedy = await takeAll(limits, 'greedy');
  expect(greedy).toHaveLength(4);
  const order: string[] = [];
  const wait = (download: string): Promise<unknown> =>
    limits
      .of(download)
      .take(host, never)
      .then(() => order.push(download));
  const all = [wait('greedy'), wait('greedy'), wait('modest'), wait('modest')];
  for (const slot of greedy) slot.release('fine');
  await Promise.all(all);
  expect(order.slice(0, 2)).toContain('modest');
  expect(limits.inUse('modest')).toBe(2);
});

it('counts a slot back only once, and lets a waiter leave', async () => {
  const { limits } = limitsOf({ perHost: 1 });
  const slot = await tryTake(limits, 'one');
  expect(await tryTake(limits, 'two')).toBeNull();
  slot?.release('fine');
  slot?.release('fine');
  expect(await takeAll(limits, 'three')).toHaveLength(1);
});

it('refuses with the time to wait while a host rests', async () => {
  const { limits, breaker } = limitsOf();
  for (let count = 0; count < 5; count++) breaker.failed(host);
  await expect(limits.of('one').take(host, never)).rejects.toBeInstanceOf(RestingFault);
  await expect(limits.of('one').take(host, never)).rejects.toMatchObject({ retryAfterMs: 30_000 });
  expect(await tryTake(limits, 'one', 'b.example.org')).not.toBeNull();
});

it('tries a host of which nothing is known with a few connections, and gives the rest when it serves', async () => {
  const { limits } = limitsOf({ perHost: 8 });
  const first = [];
  for (let count = 0; count < 8; count++) first.push(await tryTake(limits, 'one'));
  expect(first.filter((slot) => slot !== null)).toHaveLength(4);
  first[0]?.serves();
  expect(await takeAll(limits, 'one')).toHaveLength(4);
});

it('takes refusals for an illness only while the host serves nobody', async () => {
  const { limits, breaker } = limitsOf({ perHost: 8 });
  const serving = await tryTake(limits, 'one');
  serving?.serves();
  for (let count = 0; count < 6; count++) (await tryTake(limits, 'two'))?.release('refused');
  expect(breaker.restMs(host)).toBe(0);
  serving?.release('fine');
  const asked = [await tryTake(limits, 'one'), await tryTake(limits, 'two')];
  for (const slot of asked) slot?.release('refused');
  for (let count = 0; count < 3; count++) (await tryTake(limits, 'one'))?.release('refused');
  expect(breaker.restMs(host)).toBeGreaterThan(0);
});
