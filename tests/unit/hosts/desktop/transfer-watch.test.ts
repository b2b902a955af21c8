import { expect, it } from 'vitest';
import { createBusyTimes } from '../../../../electron/hosts/desktop/transfer-watch.ts';

const idle = { active: 0, bytes: 0, sizeBytes: 0, done: 7, failed: 1 };

it('takes all that ended in one busy time together', () => {
  const take = createBusyTimes();
  expect(take(idle).ended).toBeNull();
  expect(take({ ...idle, active: 3, bytes: 50, sizeBytes: 200 })).toEqual({
    active: 3,
    share: 0.25,
    failed: 1,
    ended: null,
  });
  expect(take({ ...idle, active: 1, bytes: 90, sizeBytes: 100, done: 8, failed: 2 }).ended).toBeNull();
  expect(take({ ...idle, done: 9, failed: 2 })).toEqual({
    active: 0,
    share: null,
    failed: 2,
    ended: { done: 2, failed: 1 },
  });
  expect(take({ ...idle, done: 9, failed: 2 }).ended).toBeNull();
});

it('says nothing of a busy time that only ended in a pause', () => {
  const take = createBusyTimes();
  take({ ...idle, active: 2 });
  expect(take(idle).ended).toBeNull();
});

it('never counts below zero when the list was cleared meanwhile', () => {
  const take = createBusyTimes();
  take({ ...idle, active: 1 });
  expect(take({ ...idle, done: 0, failed: 2 }).ended).toEqual({ done: 0, failed: 1 });
});

it('has no share while no size is known', () => {
  expect(createBusyTimes()({ ...idle, active: 1 }).share).toBeNull();
});
