import type { DownloadTotals } from '../../../../shared/contract/downloads.ts';
import type { Clock } from '../../ports.ts';
import type { DownloadsRepo } from '../downloads-repo.ts';
import type { Engine } from '../engine.ts';
import { forecast, type Forecast, type QueueFacts } from './queue-plan.ts';

/** A forecast is worth this long, in milliseconds: a list of many rows asks once for each. */
const worthMs = 500;
/** How long the last speed is taken for the next, in milliseconds. */
const rememberMs = 10 * 60 * 1000;

/** When things will be there. */
export interface Outlook {
  of(id: string): Forecast | null;
  facts(): QueueFacts;
  totals(): Pick<DownloadTotals, 'bytesPerSecond' | 'etaMs'>;
  /** The queue is another one. */
  forget(): void;
}

/** Makes the outlook on the queue: what it holds, how fast it goes, and what follows from that. */
export function createOutlook(deps: { repo: DownloadsRepo; engine: Engine; clock: Clock }): Outlook {
  const { repo, engine, clock } = deps;
  let kept: { at: number; facts: QueueFacts; found: ReadonlyMap<string, Forecast> } | null = null;
  let last: { at: number; bytesPerSecond: number } | null = null;

  const speedsNow = (): Map<string, number> =>
    new Map(
      engine.active().flatMap(({ row, meter, fetching }) => {
        const speed = fetching ? meter.bytesPerSecond() : null;
        return speed === null || speed <= 0 ? [] : [[row.id, speed] as const];
      }),
    );
  const current = () => {
    const at = performance.now();
    if (kept && at - kept.at < worthMs) return kept;
    const speeds = speedsNow();
    const sum = [...speeds.values()].reduce((total, one) => total + one, 0);
    if (sum > 0) last = { at, bytesPerSecond: sum };
    const bytesPerSecond = last && at - last.at < rememberMs ? last.bytesPerSecond : null;
    const facts = { entries: repo.queue(), speeds, bytesPerSecond, nowMs: clock.now() };
    kept = { at, facts, found: forecast(facts) };
    return kept;
  };
  return {
    of: (id) => current().found.get(id) ?? null,
    facts: () => current().facts,
    totals: () => {
      const { facts } = current();
      const { entries, speeds, bytesPerSecond } = facts;
      const rest = entries.reduce((sum, { restBytes }) => sum + (restBytes ?? 0), 0);
      const isMoving = speeds.size > 0;
      return {
        bytesPerSecond: isMoving ? bytesPerSecond : null,
        etaMs: isMoving && bytesPerSecond ? Math.round((rest * 1000) / bytesPerSecond) : null,
      };
    },
    forget: () => {
      kept = null;
    },
  };
}
