import { expect, it } from 'vitest';
import { randomRun, tally } from '../../support/torture/random-run.ts';
import { groupsOf, seedsFrom } from '../../support/torture/seeds.ts';

const groups = groupsOf(seedsFrom(1, 250), 5);

it.each(groups)(
  'keeps its promise whatever the server does (seeds %i and on)',
  { timeout: 240_000 },
  async (...seeds) => {
    const runs = await Promise.all(seeds.map((seed) => randomRun(seed, { links: 'plain' })));
    console.info(`seeds ${seeds[0]}–${seeds.at(-1)}, before the retry: ${tally(runs)}`);
    expect(runs.flatMap((run) => run.violations)).toEqual([]);
  },
);
