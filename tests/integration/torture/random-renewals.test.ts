import { expect, it } from 'vitest';
import { randomRun, tally } from '../../support/torture/random-run.ts';
import { groupsOf, seedsFrom } from '../../support/torture/seeds.ts';

const groups = groupsOf(seedsFrom(251, 250), 5);

it.each(groups)(
  'keeps its promise while links run out and the source is away (seeds %i and on)',
  async (...seeds) => {
    const runs = await Promise.all(seeds.map((seed) => randomRun(seed, { links: 'renewed' })));
    console.info(`seeds ${seeds[0]}–${seeds.at(-1)}, before the retry: ${tally(runs)}`);
    expect(runs.flatMap((run) => run.violations)).toEqual([]);
  },
);
