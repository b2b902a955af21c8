import { expect, it } from 'vitest';
import { killLane } from '../../support/torture/kill-lane.ts';
import { seedsFrom } from '../../support/torture/seeds.ts';

const cyclesOfLane = 25;
const lanes = seedsFrom(701, 12);
const pairs = lanes.flatMap((seed, index) => (index % 2 === 0 ? [[seed, lanes[index + 1]]] : []));

it.each(pairs)(
  'loses nothing, whenever it is killed (seeds %i, %i)',
  async (...pair) => {
    const seeds = pair.filter((seed) => seed !== undefined);
    const reports = await Promise.all(seeds.map((seed) => killLane(seed, cyclesOfLane)));
    for (const [index, report] of reports.entries()) {
      const { kills, quits, complete, worstLossInPieces } = report;
      const worst = worstLossInPieces.toFixed(2);
      console.info(
        `seed ${seeds[index]}: ${kills} kills, ${quits} quits, ${complete} files, at worst ${worst} pieces a connection again`,
      );
    }
    expect(reports.flatMap((report) => report.violations)).toEqual([]);
  },
  300_000,
);
