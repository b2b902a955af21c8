import { describe, expect, it } from 'vitest';
import { fromLocalField, toLocalField, usualDeadlines } from '../../../../renderer/src/lib/local-moment.ts';
import { createQueueEnd } from '../../../../renderer/src/lib/queue-end.ts';
import { createWakeWatch } from '../../../../renderer/src/lib/wake-watch.ts';

describe('a page that wakes', () => {
  it('tells a sleep from the rests of a hidden tab', () => {
    let nowMs = 0;
    const told: string[] = [];
    const watch = createWakeWatch({ nowMs: () => nowMs, wake: (why) => told.push(why) });
    nowMs += 60_000;
    watch.look();
    expect(told).toEqual([]);
    nowMs += 3_600_000;
    watch.look();
    watch.look();
    expect(told).toEqual(['awake']);
  });
});

describe('the end of the queue', () => {
  it('is told once, with all that ended since it began', () => {
    const take = createQueueEnd();
    expect(take({ active: 0, done: 4, failed: 1 })).toBeNull();
    expect(take({ active: 13, done: 4, failed: 1 })).toBeNull();
    expect(take({ active: 1, done: 15, failed: 2 })).toBeNull();
    expect(take({ active: 0, done: 16, failed: 2 })).toEqual({ done: 12, failed: 1 });
    expect(take({ active: 0, done: 16, failed: 2 })).toBeNull();
  });

  it('is silent when everything was cancelled or taken off the list', () => {
    const take = createQueueEnd();
    take({ active: 2, done: 4, failed: 0 });
    expect(take({ active: 0, done: 0, failed: 0 })).toBeNull();
  });
});

describe('a deadline field', () => {
  it('reads and shows the wall clock of this machine', () => {
    const ms = new Date(2026, 10, 22, 18, 5).getTime();
    expect(toLocalField(ms)).toBe('2026-11-22T18:05');
    expect(fromLocalField('2026-11-22T18:05')).toBe(ms);
    expect(fromLocalField('2026-11-')).toBeNull();
    expect(fromLocalField('2026-13-45T99:00')).toBeNull();
  });

  it('offers the next of the usual hours', () => {
    const choices = usualDeadlines(new Date(2026, 10, 22, 14).getTime());
    expect(choices.map(({ label }) => label)).toEqual(['In 1 hour', 'Tomorrow 12:00', '18:00', '20:00']);
    expect(choices[2]?.ms).toBe(new Date(2026, 10, 22, 18).getTime());
  });
});
