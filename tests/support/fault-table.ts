import { afterAll, describe, expect, it } from 'vitest';
import { endOf, type FaultCase } from './fault-cases.ts';
import { violationsOf } from './fault-judge.ts';
import { play } from './fault-play.ts';
import { startHttp } from './fault-rig.ts';

/** Over the plain client alone when RUSHES_TEST_PLAIN is 1; both ways have to end alike. */
const plain = process.env['RUSHES_TEST_PLAIN'] === '1';

/**
 * Runs every case with one, four and eight connections, from nothing and with a part that is here already. A case mostly
 * waits, so some are played at once.
 */
export function runFaultCases(cases: readonly FaultCase[]): void {
  // Shared, for a thread of its own takes each rig longer than its download; nothing is kept of a server but its port.
  const http = startHttp({ plain });
  afterAll(() => http.close());
  for (const one of cases) {
    describe.concurrent(`#${one.no} ${one.name}`, () => {
      for (const resumed of [false, true]) {
        it.each([1, 4, 8])(`${resumed ? 'resumed' : 'fresh'}, with %i connections`, async (connections) => {
          const open: Array<{ close(): Promise<void> }> = [];
          const keep = <T extends { close(): Promise<void> }>(kept: T): T => {
            open.push(kept);
            return kept;
          };
          try {
            const seen = await play(one, { connections, resumed }, { keep, http });
            const isOther = one.or?.state === seen.download.state;
            const end = isOther && one.or ? one.or : endOf(one, resumed);
            expect(violationsOf(one, end, seen)).toEqual([]);
          } finally {
            for (const kept of open.toReversed()) await kept.close();
          }
        });
      }
    });
  }
}
