import { describe, expect, it } from 'vitest';
import type { QueueEntry } from '../../../../../electron/core/downloads/queue-repo.ts';
import {
  forecast,
  smallerInTime,
  urgentOnes,
} from '../../../../../electron/core/downloads/traffic/queue-plan.ts';

const hour = 60 * 60 * 1000;

function anEntry(id: string, fields: Partial<QueueEntry> = {}): QueueEntry {
  return {
    id,
    state: 'queued',
    turn: 0,
    priority: 0,
    queueRank: Number(id.replace(/\D/g, '')) || 0,
    neededByMs: null,
    wasUrgent: false,
    restBytes: 3_600_000,
    ...fields,
  };
}

const facts = (entries: QueueEntry[], more: Partial<Parameters<typeof forecast>[0]> = {}) => ({
  entries,
  speeds: new Map<string, number>(),
  bytesPerSecond: 1000,
  nowMs: 0,
  ...more,
});

describe('a forecast', () => {
  it('counts what is in front in the queue', () => {
    const found = forecast(facts([anEntry('1'), anEntry('2'), anEntry('3')]));
    expect([...found.values()].map(({ etaMs }) => etaMs)).toEqual([hour, 2 * hour, 3 * hour]);
  });

  it('lets what runs go on at its own speed, and puts it in front of what waits', () => {
    const entries = [anEntry('1'), anEntry('2')];
    const found = forecast(facts(entries, { speeds: new Map([['2', 500]]), bytesPerSecond: 500 }));
    expect(found.get('2')).toMatchObject({ etaMs: 2 * hour, frontMs: 0 });
    expect(found.get('1')).toMatchObject({ etaMs: 4 * hour, frontMs: 2 * hour });
  });

  it('is unknown behind a file of unknown size, and without any speed', () => {
    const found = forecast(facts([anEntry('1'), anEntry('2', { restBytes: null }), anEntry('3')]));
    expect([...found.values()].map(({ etaMs }) => etaMs)).toEqual([hour, null, null]);
    expect(forecast(facts([anEntry('1')], { bytesPerSecond: null })).get('1')?.etaMs).toBeNull();
  });

  it.each([
    [2 * hour, 'safe'],
    [1.3 * hour, 'safe'],
    [1.2 * hour, 'at-risk'],
    [0.9 * hour, 'late'],
    [-1, 'late'],
    [null, 'none'],
  ] as const)('sets an hour of work against a deadline in %s: %s', (neededByMs, standing) => {
    expect(forecast(facts([anEntry('1', { neededByMs })])).get('1')?.deadline).toBe(standing);
  });

  it('says nothing of a deadline without an ETA, but knows one that has passed', () => {
    const unknown = { bytesPerSecond: null };
    expect(forecast(facts([anEntry('1', { neededByMs: hour })], unknown)).get('1')?.deadline).toBe('none');
    expect(forecast(facts([anEntry('1', { neededByMs: -1 })], unknown)).get('1')?.deadline).toBe('late');
  });
});

describe('need', () => {
  it('is seen by the order without it, the queue in front included', () => {
    const needed = anEntry('3', { neededByMs: 3.5 * hour });
    expect(urgentOnes(facts([anEntry('1'), anEntry('2'), needed]))).toEqual(new Set(['3']));
    expect(urgentOnes(facts([anEntry('1'), needed]))).toEqual(new Set());
  });

  it('does not end by having its way: it stays until it is well out of danger', () => {
    const needed = { neededByMs: 3.5 * hour, wasUrgent: true, turn: 2 };
    // It stands first now because of its need; the answer is the same as before.
    expect(urgentOnes(facts([anEntry('3', needed), anEntry('1'), anEntry('2')]))).toEqual(new Set(['3']));
    expect(urgentOnes(facts([anEntry('3', needed), anEntry('1')]))).toEqual(new Set(['3']));
    const calm = { ...needed, neededByMs: 10 * hour };
    expect(urgentOnes(facts([anEntry('3', calm), anEntry('1')]))).toEqual(new Set());
  });

  it('is not put in front by a higher priority alone', () => {
    const entries = [anEntry('9', { priority: 1, turn: 1 }), anEntry('1', { neededByMs: 1.5 * hour })];
    expect(urgentOnes(facts(entries))).toEqual(new Set(['1']));
    expect(urgentOnes(facts([anEntry('1')]))).toEqual(new Set());
  });
});

describe('a smaller rendition', () => {
  const choices = [
    { id: 'proxy', sizeBytes: 100_000 },
    { id: 'medium', sizeBytes: 1_500_000 },
    { id: 'large', sizeBytes: 3_000_000 },
    { id: 'unknown', sizeBytes: null },
  ];
  const at = { sizeBytes: 3_600_000, frontMs: 0, bytesPerSecond: 1000 };

  it('is the largest that comes in time', () => {
    expect(smallerInTime(choices, { ...at, leftMs: hour })?.id).toBe('medium');
    expect(smallerInTime(choices, { ...at, leftMs: hour, frontMs: 0.5 * hour })?.id).toBe('proxy');
  });

  it('is none that is as large, or comes too late as well, or when nobody can say', () => {
    expect(smallerInTime(choices, { ...at, sizeBytes: 100_000, leftMs: hour })).toBeNull();
    expect(smallerInTime(choices, { ...at, leftMs: 60_000 })).toBeNull();
    expect(smallerInTime(choices, { ...at, bytesPerSecond: null, leftMs: hour })).toBeNull();
    expect(smallerInTime(choices, { ...at, frontMs: null, leftMs: hour })).toBeNull();
  });
});
