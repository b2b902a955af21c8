import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { until } from '../core/test-core.ts';
import { aSchedule, aSource } from './a-schedule.ts';

/** Long enough for several looks, in which nothing is to happen. */
const someLooks = (): Promise<void> => sleep(80);

test('after a wake each source is read at a moment of its own, within seconds', async () => {
  const rig = aSchedule();
  const laterMs = rig.nowMs + 3_600_000;
  rig.schedule.start();
  rig.due.push(
    aSource({ id: 'early', state: 'unavailable', nextSyncAtMs: laterMs }),
    aSource({ id: 'well', nextSyncAtMs: laterMs }),
  );
  rig.schedule.wake('online');
  rig.random = 0.5;
  rig.due.push(aSource({ id: 'late', state: 'unavailable', nextSyncAtMs: laterMs }));
  rig.schedule.wake('online');
  await someLooks();
  expect(rig.begun).toEqual([]);
  rig.nowMs += 1000;
  await until(
    () => rig.begun.length,
    (count) => count === 1,
  );
  await someLooks();
  expect(rig.begun).toEqual(['early']);
  rig.nowMs += 4500;
  await until(
    () => rig.begun.length,
    (count) => count === 2,
  );
  // A wake is good for one reading.
  rig.nowMs += 60_000;
  await someLooks();
  expect(rig.begun).toEqual(['early', 'late']);
});

test('what is due when the machine awakes is spread too, though a look comes first', async () => {
  const rig = aSchedule();
  rig.due.push(aSource({ id: 'a', nextSyncAtMs: rig.nowMs + 60_000 }));
  rig.schedule.start();
  rig.random = 1;
  rig.nowMs += 8 * 3_600_000;
  rig.schedule.wake('awake');
  await someLooks();
  expect(rig.begun).toEqual([]);
  rig.nowMs += 10_000;
  expect(
    await until(
      () => rig.begun,
      (begun) => begun.length > 0,
    ),
  ).toEqual(['a']);
});

test.each([
  ['has answered with an error', { state: 'unavailable' as const, evidence: 'status 503 · text/html' }],
  ['has changed', { state: 'changed' as const, evidence: 'status 200 · text/html' }],
  ['wants a key', { state: 'key-needed' as const }],
  ['is read by hand alone', { state: 'unavailable' as const, everyMinutes: null }],
  ['is well and not due', {}],
])('a source that %s is left to its time by a wake', async (_what, how) => {
  const rig = aSchedule();
  rig.due.push(aSource({ id: 'a', nextSyncAtMs: rig.nowMs + 3_600_000, ...how }));
  rig.schedule.start();
  rig.schedule.wake('online');
  rig.schedule.wake('awake');
  rig.nowMs += 60_000;
  await someLooks();
  expect(rig.begun).toEqual([]);
});

test('a reading that slept is broken off and begun again; one that is young goes on', async () => {
  const broken: string[] = [];
  const rig = aSchedule(async (id, signal) => {
    if (rig.begun.filter((one) => one === id).length > 1) return;
    await sleep(20_000, undefined, { signal }).catch(() => void broken.push(id));
  });
  rig.due.push(aSource({ id: 'slept' }));
  rig.schedule.start();
  rig.nowMs += 8 * 3_600_000;
  rig.due.push(aSource({ id: 'young' }));
  rig.schedule.look();
  rig.schedule.wake('online');
  expect(broken).toEqual([]);
  rig.schedule.wake('awake');
  await until(
    () => broken,
    (ids) => ids.length > 0,
  );
  expect(broken).toEqual(['slept']);
  rig.nowMs += 10_000;
  await until(
    () => rig.begun.length,
    (count) => count === 3,
  );
  expect(rig.begun).toEqual(['slept', 'young', 'slept']);
  expect(broken).toEqual(['slept']);
});

test('a clock that is set back while a source waits for its moment holds up nothing', async () => {
  const rig = aSchedule();
  rig.due.push(aSource({ id: 'a', state: 'unavailable', nextSyncAtMs: rig.nowMs + 1000 }));
  rig.schedule.start();
  rig.schedule.wake('online');
  rig.nowMs -= 365 * 24 * 3_600_000;
  expect(
    await until(
      () => rig.begun,
      (begun) => begun.length > 0,
    ),
  ).toEqual(['a']);
});
