import { describe, expect, it } from 'vitest';
import { whoYields, type Rivals } from '../../../../../electron/core/downloads/traffic/give-way.ts';
import { hasNetwork, isLoopback } from '../../../../../electron/core/downloads/traffic/network.ts';
import { reserveOf } from '../../../../../electron/core/downloads/traffic/room.ts';
import { createTimeWatch } from '../../../../../electron/core/downloads/traffic/time-watch.ts';

describe('giving way', () => {
  type One = Rivals['running'][number];
  const running = (
    id: string,
    more: Partial<One['row']> & { fetching?: boolean; startedAt?: number } = {},
  ): One => {
    const { fetching = true, startedAt = 0, ...row } = more;
    return {
      fetching,
      startedAt,
      abort: new AbortController(),
      row: { id, priority: 'normal', urgent: false, queueRank: Number(id), ...row },
    };
  };
  const yielding = (turn: number, all: One[], now = 60_000) =>
    whoYields({ turn, running: all, settledMs: 10_000, now });

  it('is done for a high one by the last of the lowest', () => {
    const all = [running('1'), running('2', { priority: 'low' }), running('3', { priority: 'low' })];
    expect(yielding(1, all)).toBe('3');
    expect(yielding(1, [running('1'), running('2')])).toBe('2');
  });

  it('is never done within a turn, nor for a normal one', () => {
    expect(yielding(1, [running('1', { priority: 'high' })])).toBeNull();
    expect(yielding(2, [running('1', { urgent: true })])).toBeNull();
    expect(yielding(0, [running('1', { priority: 'low' })])).toBeNull();
  });

  it('is done for a deadline only by one that has run for a while', () => {
    const young = running('1', { startedAt: 55_000 });
    expect(yielding(2, [young])).toBeNull();
    expect(yielding(2, [young], 65_000)).toBe('1');
    expect(yielding(1, [young])).toBe('1');
  });

  it('is not asked of one that proves its file, nor of two at once', () => {
    expect(yielding(1, [running('1', { fetching: false })])).toBeNull();
    const leaving = running('1');
    leaving.abort.abort('again');
    expect(yielding(1, [leaving, running('2')])).toBeNull();
  });
});

describe('the network', () => {
  const address = (value: string, internal = false) => ({
    address: value,
    netmask: '',
    mac: '',
    cidr: null,
    internal,
    family: 'IPv4' as const,
  });

  it('is there when an address can be reached by others', () => {
    expect(hasNetwork({ lo: [address('127.0.0.1', true)], eth0: [address('192.0.2.7')] })).toBe(true);
    expect(hasNetwork({ lo: [address('127.0.0.1', true)] })).toBe(false);
    expect(hasNetwork({ eth0: [address('fe80::1'), address('169.254.3.4')] })).toBe(false);
    expect(hasNetwork({})).toBe(false);
  });

  it.each([
    ['127.0.0.1:8080', true],
    ['localhost', true],
    ['[::1]:443', true],
    ['portal.localhost:1', true],
    ['example.org', false],
    ['127.example.org', false],
    ['[2001:db8::1]:443', false],
  ])('is not needed for %s: %s', (host, loopback) => {
    expect(isLoopback(host)).toBe(loopback);
  });
});

it('leaves two gibibytes or a twentieth of the disk, never more than ten, unless told', () => {
  const gibibyte = 1024 ** 3;
  const volume = (size: number) => ({ freeBytes: 0, sizeBytes: size * gibibyte });
  expect(reserveOf(volume(10), null)).toBe(2 * gibibyte);
  expect(reserveOf(volume(100), null)).toBe(5 * gibibyte);
  expect(reserveOf(volume(4000), null)).toBe(10 * gibibyte);
  expect(reserveOf(volume(4000), 0)).toBe(0);
});

it('tells sleep and a clock that was set from the passing of time', () => {
  const jumped = createTimeWatch({ wallMs: 0, monotonicMs: 0 });
  expect(jumped({ wallMs: 1000, monotonicMs: 1000 })).toBe(false);
  // A slow machine is not asleep.
  expect(jumped({ wallMs: 9000, monotonicMs: 9000 })).toBe(false);
  // Asleep, by a clock that stands still meanwhile and by one that does not.
  expect(jumped({ wallMs: 609_000, monotonicMs: 10_000 })).toBe(true);
  expect(jumped({ wallMs: 1_209_000, monotonicMs: 610_000 })).toBe(true);
  // Set back by ten years, and on again.
  expect(jumped({ wallMs: -315_000_000_000, monotonicMs: 611_000 })).toBe(true);
  expect(jumped({ wallMs: -314_999_999_000, monotonicMs: 612_000 })).toBe(false);
});
