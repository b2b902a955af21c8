import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSpeedFloor, type Watched } from '../../../../electron/core/downloads/speed-floor.ts';

const rule = {
  among: { bytesPerSecond: 8000, windowMs: 30_000 },
  alone: { bytesPerSecond: 1000, windowMs: 60_000 },
};
let given: string[] = [];
let exempt = false;

beforeEach(() => {
  vi.useFakeTimers();
  given = [];
  exempt = false;
});
afterEach(() => {
  vi.useRealTimers();
});

const start = () => createSpeedFloor({ rule, now: () => Date.now(), exempt: () => exempt });

/** Lets the bodies run for a time, each at its speed in bytes a second. */
function run(seconds: number, speeds: ReadonlyArray<readonly [Watched, number]>): void {
  for (let at = 0; at < seconds; at++) {
    for (const [body, speed] of speeds) body.add(speed);
    vi.advanceTimersByTime(1000);
  }
}

it('gives up a connection that drips while another runs', () => {
  const floor = start();
  const slow = floor.watch(() => given.push('slow'));
  const fast = floor.watch(() => given.push('fast'));
  run(25, [
    [slow, 5000],
    [fast, 100_000],
  ]);
  expect(given).toEqual([]);
  run(15, [
    [slow, 5000],
    [fast, 100_000],
  ]);
  expect(given).toEqual(['slow']);
  expect([slow.wasSlow(), fast.wasSlow()]).toEqual([true, false]);
  run(60, [[fast, 100_000]]);
  expect(given).toEqual(['slow']);
  slow.end();
  fast.end();
});

it('bears a slow line when nothing on it is faster', () => {
  const floor = start();
  const bodies = [floor.watch(() => given.push('a')), floor.watch(() => given.push('b'))];
  run(
    130,
    bodies.map((body) => [body, 3000] as const),
  );
  expect(given).toEqual([]);
  for (const body of bodies) body.end();
});

it('gives up a connection that brings next to nothing, even alone', () => {
  const body = start().watch(() => given.push('alone'));
  run(59, [[body, 10]]);
  expect(given).toEqual([]);
  run(10, [[body, 10]]);
  expect(given).toEqual(['alone']);
  body.end();
});

it('forgives what a limit of ours holds down', () => {
  exempt = true;
  const body = start().watch(() => given.push('alone'));
  run(200, [[body, 10]]);
  expect(given).toEqual([]);
  body.end();
});

it('ends its clock with the last body', () => {
  const floor = start();
  floor.watch(() => undefined).end();
  expect(vi.getTimerCount()).toBe(0);
});
