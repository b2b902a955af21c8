import type { ChangeNotice } from '../../../shared/contract/system.ts';

/** The beginning of a query key's path: every query below it is meant. */
export type QueryPath = readonly string[];

const touched: Readonly<Record<ChangeNotice['entity'], readonly QueryPath[]>> = {
  source: [['sources'], ['catalogue']],
  account: [['account']],
  asset: [['catalogue'], ['events'], ['search'], ['savedSearches']],
  download: [['downloads']],
  root: [['library']],
  clip: [['library'], ['catalogue'], ['events'], ['tags'], ['search']],
  event: [['events'], ['catalogue'], ['library'], ['search']],
  tag: [['tags'], ['library']],
  // Another schedule is another rule for the queue, another proxy another way out.
  setting: [['settings'], ['downloads', 'totals'], ['network']],
  job: [['system', 'jobs']],
  check: [['verify']],
  notice: [['notices']],
  'saved-search': [['savedSearches'], ['rules']],
  rule: [['rules'], ['savedSearches']],
};

/** Lists that grow long are read less often than rows that show progress. */
const slowAreas: ReadonlySet<string> = new Set([
  'catalogue',
  'library',
  'events',
  'search',
  'tags',
  'savedSearches',
]);

/** The shortest time between two reads of the same path, in milliseconds. */
export function readIntervalMs(path: QueryPath): number {
  return slowAreas.has(path[0] ?? '') ? 1000 : 250;
}

/** Turns numbered notices into what has to be read again; a gap in the numbers means everything. */
export function createNoticeReader(): { read(notice: ChangeNotice): readonly QueryPath[] } {
  let last: number | null = null;
  return {
    read: (notice) => {
      const gap = last !== null && notice.seq !== last + 1;
      last = notice.seq;
      return gap ? [[]] : touched[notice.entity];
    },
  };
}

interface ThrottleDeps {
  invalidate: (path: QueryPath) => void;
  nowMs: () => number;
  after: (ms: number, run: () => void) => () => void;
}

/** Passes paths on at once, but never sooner than their interval; the last mark is never lost. */
export function createInvalidationThrottle(deps: ThrottleDeps): {
  mark: (path: QueryPath) => void;
  close: () => void;
} {
  const lastAt = new Map<string, number>();
  const waiting = new Map<string, () => void>();
  const run = (path: QueryPath): void => {
    lastAt.set(path.join('/'), deps.nowMs());
    deps.invalidate(path);
  };
  return {
    mark: (path) => {
      const key = path.join('/');
      if (waiting.has(key)) return;
      const waitMs = (lastAt.get(key) ?? Number.NEGATIVE_INFINITY) + readIntervalMs(path) - deps.nowMs();
      if (waitMs <= 0) {
        run(path);
        return;
      }
      waiting.set(
        key,
        deps.after(waitMs, () => {
          waiting.delete(key);
          run(path);
        }),
      );
    },
    close: () => {
      for (const cancel of waiting.values()) cancel();
      waiting.clear();
    },
  };
}
