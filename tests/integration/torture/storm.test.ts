import { expect, it } from 'vitest';
import { rigOf, serve, wanted } from '../../support/a-download.ts';

/** Every wait is this much shorter than in the product, and so is the minute that is measured by. */
const factor = 0.02;
const minuteMs = 60_000 * factor;
const mostAMinute = 10;

it.each([
  [503, 3],
  [502, 3],
  [429, 3],
  [503, 8],
  [503, 16],
])(
  'does not run against a server that answers nothing but %i, with %i at a time',
  async (status, parallel) => {
    const askedAt: number[] = [];
    const server = await serve(() => {
      askedAt.push(performance.now());
      return { status, text: 'not now' };
    });
    const rig = await rigOf({
      parallel,
      settings: { hostConnections: () => 16 },
      tuning: { delayFactor: factor },
    });
    for (let index = 0; index < 20; index++) {
      await rig.downloads.addUrl(wanted(server.url, { url: `${server.url}/clip-${index}.mp4` }));
    }
    await new Promise((resolve) => setTimeout(resolve, 4 * minuteMs));
    await rig.downloads.pause();
    const inAMinute = askedAt.map(
      (from) => askedAt.filter((at) => at >= from && at < from + minuteMs).length,
    );
    console.info(`${askedAt.length} requests in 4 minutes, at most ${Math.max(...inAMinute)} in one`);
    expect(askedAt.length).toBeGreaterThan(0);
    expect(Math.max(...inAMinute)).toBeLessThanOrEqual(mostAMinute);
  },
);
