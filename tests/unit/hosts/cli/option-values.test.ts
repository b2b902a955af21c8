import { describe, expect, it } from 'vitest';
import { everyMinutes, rate, timeAhead } from '../../../../electron/hosts/cli/option-values.ts';

describe('a rate', () => {
  it.each([
    ['2500000', 2_500_000],
    ['2.5M', 2_500_000],
    ['2500 kB/s', 2_500_000],
    ['1g', 1_000_000_000],
    ['1B/s', 1],
  ])('reads %s', (text, bytes) => {
    expect(rate(text)).toBe(bytes);
  });

  it.each(['', '0', '-1', '1e6', 'fast', '1 Mbit', '0.4', '99999999999999999999'])('refuses "%s"', (text) => {
    expect(() => rate(text)).toThrow('bytes a second');
  });
});

describe('a time ahead', () => {
  const now = new Date(2026, 2, 14, 17, 30, 12);
  const at = (day: number, hour: number, minute: number): number =>
    new Date(2026, 2, day, hour, minute).getTime();

  it.each([
    ['18:00', at(14, 18, 0)],
    ['9:05', at(15, 9, 5)],
    ['17:30', at(15, 17, 30)],
    ['2026-03-20 06:15', at(20, 6, 15)],
    ['2026-03-20T06:15', at(20, 6, 15)],
    ['+90m', now.getTime() + 5_400_000],
    ['+2h', now.getTime() + 7_200_000],
  ])('reads %s', (text, expected) => {
    expect(timeAhead(text, now)).toBe(expected);
  });

  it('keeps the hour where the clocks are changed in between', () => {
    const evening = new Date(2026, 9, 24, 23, 0);
    expect(new Date(timeAhead('18:00', evening)).getHours()).toBe(18);
  });

  it.each(['', '25:00', '18.00', 'soon', '+0', '+5', '2026-02-30 10:00', '2020-01-01 10:00'])(
    'refuses "%s"',
    (text) => {
      expect(() => timeAhead(text, now)).toThrow(/must be a time/);
    },
  );
});

describe('how often something is done', () => {
  it.each([
    ['5m', 5],
    ['30 min', 30],
    ['6h', 360],
    ['7d', 10_080],
    ['never', 'never'],
  ])('reads %s', (text, minutes) => {
    expect(everyMinutes(text)).toBe(minutes);
  });

  it.each(['', '0m', '8d', '30', 'often', '-30m', '1.5h'])('refuses "%s"', (text) => {
    expect(() => everyMinutes(text)).toThrow('such as 30m');
  });
});
