import { describe, expect, it, onTestFinished } from 'vitest';
import { body, honest, rigOf, serve, slow, wanted } from '../../support/a-download.ts';
import { aLink, waitFor, type Rig } from '../../support/fault-rig.ts';
import { startFaultServer } from '../../support/fault-server.ts';
import type { Traffic } from '../../../shared/contract/system.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';

const add = (rig: Rig, url: string, more: object = {}) =>
  rig.downloads.addUrl(wanted('', { url: `${url}.mp4`, ...more }));
const received = (rig: Rig): unknown =>
  rig.db.prepare('SELECT sum(fetched_bytes) FROM download_attempt').pluck().get();
const profile = (bytesPerSecond: number | null, outside: string | null = 'one'): Traffic => ({
  profiles: [{ id: 'one', name: 'One', bytesPerSecond }],
  outside,
  windows: [],
});
const moved = (rig: Rig, bytes: number) =>
  waitFor(
    () => rig.downloads.totals().bytes,
    (now) => now >= bytes,
  );

describe('speed', () => {
  it('is held for all together by the profile in force, and shared fairly', async () => {
    const server = await serve(() => honest);
    let traffic = profile(1_000_000);
    const rig = await rigOf({
      settings: { traffic: () => traffic },
      tuning: { flush: { everyBytes: 64 * 1024, everyMs: 100 } },
    });
    const startedAt = performance.now();
    const one = await add(rig, `${server.url}/one`, { connections: 1 });
    const four = await add(rig, `${server.url}/four`, { connections: 4 });
    await moved(rig, 1_000_000);
    expect(performance.now() - startedAt).toBeGreaterThan(700);
    const [first, second] = [rig.downloads.get({ id: one.id }), rig.downloads.get({ id: four.id })];
    expect(first.bytes / second.bytes).toBeGreaterThan(0.4);
    expect(first.bytes / second.bytes).toBeLessThan(2.5);
    expect(rig.downloads.totals().rule).toMatchObject({ name: 'One', bytesPerSecond: 1_000_000 });
    traffic = profile(null);
    await rig.settled(one.id);
    await rig.settled(four.id);
    expect(received(rig)).toBe(2 * body.sizeBytes);
  });

  it('of one download can be changed while it runs', async () => {
    const server = await serve(() => honest);
    const rig = await rigOf();
    const { id } = await add(rig, `${server.url}/one`, { maxRate: 50_000 });
    await waitFor(
      () => rig.downloads.get({ id }).state,
      (state) => state === 'running',
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(rig.downloads.get({ id })).toMatchObject({ state: 'running', maxRate: 50_000 });
    rig.downloads.change({ ids: [id], maxRate: null });
    const changedAt = performance.now();
    await rig.settled(id);
    // At the old rate it would take forty seconds.
    expect(performance.now() - changedAt).toBeLessThan(8000);
    expect(rig.downloads.attempts({ id }).attempts).toHaveLength(1);
  });
});

describe('the schedule', () => {
  it('stops what runs when the hours end and goes on when they begin, without a byte lost', async () => {
    const server = await serve(() => slow);
    let traffic = profile(null);
    const rig = await rigOf({ settings: { traffic: () => traffic } });
    const { id } = await add(rig, `${server.url}/one`);
    await waitFor(
      () => server.sentBytes(),
      (bytes) => bytes > 300_000,
    );
    traffic = {
      ...profile(null, null),
      windows: [{ days: [new Date().getDay()], from: '00:00', to: '00:00', profile: null }],
    };
    const held = await rig.settled(id, ({ state }) => state === 'waiting');
    expect(held.reason).toMatchObject({ code: 'OUTSIDE_HOURS' });
    expect(rig.downloads.totals().rule).toMatchObject({ holds: true });
    const later = await add(rig, `${server.url}/two`);
    expect(later.reason?.code).toBe('OUTSIDE_HOURS');
    const asked = server.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(server.requests.length).toBe(asked);
    traffic = profile(null);
    await rig.settled(id);
    await rig.settled(later.id);
    expect(received(rig)).toBe(2 * body.sizeBytes);
  });
});

describe('connections', () => {
  it('to one host are limited over all downloads', async () => {
    const server = await serve(() => slow);
    const rig = await rigOf({ settings: { hostConnections: () => 2 } });
    const all = await Promise.all(['a', 'b', 'c'].map((name) => add(rig, `${server.url}/${name}`)));
    await waitFor(
      () => server.sentBytes(),
      (bytes) => bytes > 1_000_000,
    );
    expect(server.mostBusy()).toBeLessThanOrEqual(2);
    const shown = all.map(({ id }) => rig.downloads.get({ id }).connections);
    expect(shown.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(2);
    await rig.downloads.cancel();
  });

  it('become fewer where the host refuses more of them, and the file comes all the same', async () => {
    const server = await startFaultServer(() => ({ ...honest, bytesPerSecond: 2_000_000 }), {
      mostConnections: 2,
    });
    onTestFinished(() => server.close());
    const rig = await rigOf({ connections: 8 });
    const { id } = await add(rig, `${server.url}/one`);
    await rig.settled(id);
    expect(received(rig)).toBe(body.sizeBytes);
  });
});

describe('a host that fails again and again', () => {
  it('is left alone, asked seldom, and asked at once when a person wants it', async () => {
    let well = false;
    const server = await serve(() => (well ? honest : { status: 503, text: 'Down.' }));
    // A hundred times as fast as in life: a minute is 600 ms.
    const rig = await rigOf({ tuning: { delayFactor: 0.01, random: () => 1 } });
    const all = await Promise.all(['a', 'b', 'c'].map((name) => add(rig, `${server.url}/${name}`)));
    const [first] = all;
    await rig.settled(first?.id ?? '', ({ reason }) => reason?.code === 'HOST_RESTING');
    const asked = server.requests.length;
    expect(asked).toBeLessThanOrEqual(8);
    await new Promise((resolve) => setTimeout(resolve, 1800));
    expect(server.requests.length - asked).toBeLessThanOrEqual(12);
    well = true;
    await rig.downloads.resume({ ids: all.map(({ id }) => id) });
    for (const { id } of all) await rig.settled(id);
  });
});

describe('the network', () => {
  const offline = () => Promise.reject(new RushesError('NETWORK_UNAVAILABLE', 'No way out.'));

  it('that is gone is waited for, and nothing counts as a failure meanwhile', async () => {
    const server = await serve(() => honest);
    let online = false;
    const rig = await rigOf({
      online: () => online,
      resolve: () => (online ? Promise.resolve(aLink(`${server.url}/clip.mp4`)) : offline()),
      tuning: { delayFactor: 1 },
    });
    const { downloads } = await rig.downloads.add({ assetIds: ['a1'] });
    const id = downloads[0]?.id ?? '';
    await rig.settled(id, ({ reason }) => reason?.code === 'OFFLINE');
    expect(rig.downloads.totals().online).toBe(false);
    expect(rig.db.prepare('SELECT failures FROM download').pluck().get()).toBe(0);
    online = true;
    // By itself, long before the minute in which it would try anyway.
    await rig.settled(id);
  });

  it('that is said to be back is tried at once', async () => {
    const server = await serve(() => honest);
    let reachable = false;
    const rig = await rigOf({
      online: () => true,
      resolve: () => (reachable ? Promise.resolve(aLink(`${server.url}/clip.mp4`)) : offline()),
      tuning: { delayFactor: 1000 },
    });
    const { downloads } = await rig.downloads.add({ assetIds: ['a1'] });
    const id = downloads[0]?.id ?? '';
    await rig.settled(id, ({ state }) => state === 'waiting');
    reachable = true;
    expect(rig.downloads.wake({ why: 'online' })).toEqual({ woken: 1 });
    await rig.settled(id);
  });

  it('is met with new connections after a sleep, and no byte is fetched twice', async () => {
    const server = await serve(() => slow);
    const rig = await rigOf({ connections: 2 });
    const { id } = await add(rig, `${server.url}/one`);
    await waitFor(
      () => server.sentBytes(),
      (bytes) => bytes > 300_000,
    );
    const before = server.connections();
    rig.downloads.wake({ why: 'awake' });
    await rig.settled(id);
    expect(server.connections()).toBeGreaterThan(before);
    expect(rig.downloads.attempts({ id }).attempts).toHaveLength(2);
    expect(received(rig)).toBe(body.sizeBytes);
  });
});

describe('the clock', () => {
  const year = 365 * 24 * 60 * 60 * 1000;

  it('that jumps means that the machine slept: connections are made anew, by itself', async () => {
    const server = await serve(() => slow);
    let ahead = 0;
    const rig = await rigOf({ clockAheadMs: () => ahead });
    const { id } = await add(rig, `${server.url}/one`);
    await waitFor(
      () => server.sentBytes(),
      (bytes) => bytes > 300_000,
    );
    ahead = 10 * 60_000;
    await rig.settled(id);
    expect(rig.downloads.attempts({ id }).attempts).toHaveLength(2);
    expect(received(rig)).toBe(body.sizeBytes);
  });

  it('that is set back by ten years keeps nothing waiting for ten years', async () => {
    let busy = true;
    const server = await serve(() =>
      busy ? { status: 429, text: 'Later.', headers: { 'Retry-After': '3600' } } : honest,
    );
    let ahead = 10 * year;
    const rig = await rigOf({ clockAheadMs: () => ahead });
    const { id } = await add(rig, `${server.url}/one`);
    const waiting = await rig.settled(id, ({ state }) => state === 'waiting');
    expect(waiting.reason?.retryAtMs).toBeGreaterThan(Date.now() + 9 * year);
    busy = false;
    ahead = 0;
    expect(await rig.settled(id)).toMatchObject({ state: 'complete' });
  });
});

describe('room on the disk', () => {
  const everything = Number.MAX_SAFE_INTEGER;

  it('is looked for before, and waited for without anyone starting it again', async () => {
    const server = await serve(() => honest);
    let keepFree = everything;
    const rig = await rigOf({ settings: { keepFreeBytes: () => keepFree } });
    const { id } = await add(rig, `${server.url}/one`);
    await rig.settled(id, ({ reason }) => reason?.code === 'NO_SPACE');
    keepFree = 0;
    expect(await rig.settled(id)).toMatchObject({ state: 'complete' });
  });

  it('is looked at while they run: all of them stop, and go on when there is room again', async () => {
    const server = await serve(() => slow);
    let keepFree = 0;
    const rig = await rigOf({
      settings: { keepFreeBytes: () => keepFree },
      tuning: { delayFactor: 1 },
    });
    const all = await Promise.all(['a', 'b'].map((name) => add(rig, `${server.url}/${name}`)));
    await waitFor(
      () => server.sentBytes(),
      (bytes) => bytes > 300_000,
    );
    keepFree = everything;
    for (const { id } of all) await rig.settled(id, ({ reason }) => reason?.code === 'NO_SPACE');
    // Long enough to be seen as lacking room.
    await new Promise((resolve) => setTimeout(resolve, 600));
    keepFree = 0;
    for (const { id } of all) await rig.settled(id);
    expect(received(rig)).toBe(2 * body.sizeBytes);
  });
});
