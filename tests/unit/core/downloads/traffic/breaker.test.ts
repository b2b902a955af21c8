import { expect, it } from 'vitest';
import { createBreaker } from '../../../../../electron/core/downloads/traffic/breaker.ts';

const host = 'files.example.org';

function breakerAt() {
  let time = 0;
  const breaker = createBreaker({ now: () => time, random: () => 1, factor: 1 });
  return { breaker, to: (at: number) => void (time = at), now: () => time };
}

it('leaves a host alone after five failures in a row, and no sooner', () => {
  const { breaker } = breakerAt();
  for (let count = 0; count < 4; count++) breaker.failed(host);
  expect(breaker.restMs(host)).toBe(0);
  breaker.succeeded(host);
  for (let count = 0; count < 5; count++) breaker.failed(host);
  expect(breaker.restMs(host)).toBe(30_000);
  expect(breaker.restMs('other.example.org')).toBe(0);
});

it('is left alone for as long as it asks, an hour at most', () => {
  const { breaker, to } = breakerAt();
  for (let count = 0; count < 5; count++) breaker.failed(host, 120_000);
  expect(breaker.restMs(host)).toBe(120_000);
  to(120_000);
  expect(breaker.restMs(host)).toBe(0);
  breaker.failed(host, 1e15);
  expect(breaker.restMs(host)).toBe(3_600_000);
  to(120_000 + 3_600_000);
  expect(breaker.restMs(host)).toBe(0);
  breaker.failed(host, 0);
  expect(breaker.restMs(host)).toBe(120_000);
});

it('lets one request through as a probe, and closes when that succeeds', () => {
  const { breaker, to } = breakerAt();
  for (let count = 0; count < 5; count++) breaker.failed(host);
  to(30_000);
  expect(breaker.restMs(host)).toBe(0);
  expect(breaker.restMs(host)).toBeGreaterThan(0);
  breaker.succeeded(host);
  expect(breaker.restMs(host)).toBe(0);
  expect(breaker.restMs(host)).toBe(0);
});

it('rests twice as long after each failed probe, up to a quarter of an hour', () => {
  const { breaker, to, now } = breakerAt();
  for (let count = 0; count < 5; count++) breaker.failed(host);
  const rests: number[] = [];
  for (let count = 0; count < 8; count++) {
    const rest = breaker.restMs(host);
    rests.push(rest);
    to(now() + rest);
    expect(breaker.restMs(host)).toBe(0);
    breaker.failed(host);
  }
  expect(rests.slice(0, 3)).toEqual([30_000, 60_000, 120_000]);
  expect(rests.at(-1)).toBe(15 * 60_000);
});

it('sends another probe when one ended without an answer', () => {
  const { breaker, to } = breakerAt();
  for (let count = 0; count < 5; count++) breaker.failed(host);
  to(30_000);
  expect(breaker.restMs(host)).toBe(0);
  breaker.undecided(host);
  expect(breaker.restMs(host)).toBe(0);
});

it('lets the next request go when someone asks for it', () => {
  const { breaker } = breakerAt();
  for (let count = 0; count < 5; count++) breaker.failed(host);
  breaker.forgive();
  expect(breaker.restMs(host)).toBe(0);
  breaker.failed(host);
  expect(breaker.restMs(host)).toBe(60_000);
});

it('counts late failures of one burst as one sign', () => {
  const { breaker } = breakerAt();
  for (let count = 0; count < 40; count++) breaker.failed(host);
  expect(breaker.restMs(host)).toBe(30_000);
});

it('lets at most ten requests a minute go to a host that always fails', () => {
  const { breaker, to } = breakerAt();
  const asked: number[] = [];
  for (let second = 0; second < 3600; second++) {
    to(second * 1000);
    // Twenty downloads, each of which tries every second.
    for (let count = 0; count < 20; count++) {
      if (breaker.restMs(host) > 0) continue;
      asked.push(second);
      breaker.failed(host);
    }
  }
  for (let from = 0; from < 3600; from += 60) {
    expect(asked.filter((at) => at >= from && at < from + 60).length).toBeLessThanOrEqual(10);
  }
});

it('leaves a host alone whose certificate is not believed, until a probe is', () => {
  const { breaker, to } = breakerAt();
  breaker.distrusted(host);
  expect([breaker.restMs(host), breaker.whyOf(host)]).toEqual([15 * 60_000, 'CERTIFICATE']);
  to(15 * 60_000);
  expect(breaker.restMs(host)).toBe(0);
  expect(breaker.restMs(host)).toBeGreaterThan(0);
  breaker.succeeded(host);
  expect([breaker.restMs(host), breaker.whyOf(host)]).toEqual([0, 'HOST_RESTING']);
  breaker.distrusted(host);
  to(30 * 60_000);
  breaker.restMs(host);
  breaker.failed(host);
  expect(breaker.whyOf(host)).toBe('HOST_RESTING');
});
