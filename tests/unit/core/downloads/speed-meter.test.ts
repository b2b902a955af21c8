import { expect, it } from 'vitest';
import { createSpeedMeter, etaMs } from '../../../../electron/core/downloads/speed-meter.ts';

it('tells the speed of the last five seconds, and nothing at first', () => {
  let now = 0;
  const meter = createSpeedMeter(() => now);
  expect(meter.bytesPerSecond()).toBeNull();
  for (; now < 10_000; now += 100) meter.add(now < 5000 ? 900 : 100);
  expect(meter.bytesPerSecond()).toBeGreaterThan(900);
  expect(meter.bytesPerSecond()).toBeLessThan(1100);
  now += 6000;
  expect(meter.bytesPerSecond()).toBe(0);
});

it('tells when the rest will be there, if anyone can', () => {
  expect(etaMs(2000, 1000)).toBe(2000);
  expect(etaMs(2000, 0)).toBeNull();
  expect(etaMs(null, 1000)).toBeNull();
  expect(etaMs(2000, null)).toBeNull();
});
