import { expect, it } from 'vitest';
import { compete, rivals, type Rival, type Verdict } from '../../support/torture/rivals.ts';
import { groupsOf, isLong, seedsFrom } from '../../support/torture/seeds.ts';
import { run } from '../../support/torture/tools.ts';

const absent = ['curl', 'aria2c'].filter((tool) => !run(tool, '--version').ok);
const verdicts: readonly Verdict[] = ['right', 'wrong', 'unverified', 'gave up', 'out of time'];

/** All of them on all seeds, a few at a time. */
async function contest(seeds: readonly number[], withHash: boolean): Promise<Map<Rival, Verdict[]>> {
  const results = new Map<Rival, Verdict[]>(rivals.map((rival) => [rival, []]));
  for (const group of groupsOf(seeds, 4)) {
    await Promise.all(
      group.flatMap((seed) =>
        rivals.map(async (rival) => {
          const verdict = await compete(rival, seed, withHash);
          results.get(rival)?.push(verdict);
          if (verdict !== 'right') console.info(`seed ${seed}, ${rival}: ${verdict}`);
        }),
      ),
    );
  }
  return results;
}

function tableOf(results: Map<Rival, Verdict[]>): string {
  const rows = [...results].map(([rival, all]) => {
    const counts = verdicts.map((verdict) => all.filter((one) => one === verdict).length);
    return `| ${rival} | ${counts.join(' | ')} |`;
  });
  return [`| | ${verdicts.join(' | ')} |`, `|---|${verdicts.map(() => '---:|').join('')}`, ...rows].join(
    '\n',
  );
}

it.for([
  { what: 'damage that every answer shows', first: 901, withHash: false },
  { what: 'damage that only a hash shows', first: 951, withHash: true },
])(
  'ends with the right file where others do not: $what',
  { timeout: 3_600_000 },
  async ({ what, first, withHash }, context) => {
    context.skip(
      absent.length > 0,
      `${absent.join(' and ')} cannot be run here, so there is nobody to compare with`,
    );
    const seeds = seedsFrom(first, isLong ? 5 : 10);
    const results = await contest(seeds, withHash);
    console.info(`${what}, ${seeds.length} seeds:\n${tableOf(results)}`);
    expect(results.get('rushes')?.filter((verdict) => verdict === 'wrong')).toEqual([]);
  },
);
