import { expect, it } from 'vitest';
import { createTransferSigns, endWords } from '../../../electron/main/transfer-signs.ts';
import type { TransferStanding } from '../../../electron/hosts/desktop/transfer-watch.ts';

const idle: TransferStanding = {
  active: 0,
  share: null,
  failed: 0,
  ended: null,
  keepAwake: true,
  notifyWhenDone: true,
};

function signs() {
  const said: string[] = [];
  let ids = 0;
  const shown = createTransferSigns({
    setProgress: (share) => said.push(`progress ${share}`),
    keepAwake: () => {
      ids++;
      said.push(`awake ${ids}`);
      return ids;
    },
    letSleep: (id) => said.push(`sleep ${id}`),
    notify: ({ title }) => said.push(title),
  });
  return { said, shown };
}

it('keeps the machine awake and draws progress while something downloads, and one notice at the end', () => {
  const { said, shown } = signs();
  shown.show(idle);
  shown.show({ ...idle, active: 2 });
  shown.show({ ...idle, active: 2, share: 0.504 });
  shown.show({ ...idle, active: 2, share: 0.506 });
  shown.show({ ...idle, ended: { done: 2, failed: 0 } });
  expect(said).toEqual([
    'awake 1',
    'progress 2',
    'progress 0.5',
    'sleep 1',
    'progress -1',
    'Downloads complete',
  ]);
});

it('does neither where the user does not want it', () => {
  const { said, shown } = signs();
  shown.show({ ...idle, active: 1, share: 0.1, keepAwake: false });
  shown.show({ ...idle, ended: { done: 1, failed: 0 }, notifyWhenDone: false });
  expect(said).toEqual(['progress 0.1', 'progress -1']);
});

it('lets the machine sleep when the setting is turned off meanwhile, and when the core is gone', () => {
  const { said, shown } = signs();
  shown.show({ ...idle, active: 1, share: 0.1 });
  shown.show({ ...idle, active: 1, share: 0.1, keepAwake: false });
  shown.show({ ...idle, active: 1, share: 0.1 });
  shown.clear();
  shown.redraw();
  expect(said).toEqual(['awake 1', 'progress 0.1', 'sleep 1', 'awake 2', 'sleep 2', 'progress -1']);
});

it('draws again on a new window', () => {
  const { said, shown } = signs();
  shown.show({ ...idle, active: 1, share: 0.25 });
  shown.redraw();
  expect(said.filter((one) => one === 'progress 0.25')).toHaveLength(2);
});

it.each([
  [{ done: 1, failed: 0 }, '1 download complete.'],
  [{ done: 12, failed: 0 }, '12 downloads complete.'],
  [{ done: 0, failed: 1 }, '1 download failed. The reasons are in the list.'],
  [{ done: 12, failed: 1 }, '12 downloads complete, 1 failed. The reasons are in the list.'],
])('says of %o: %s', (ended, body) => {
  expect(endWords(ended).body).toBe(body);
});
