import type { Download } from '../../../shared/contract/downloads.ts';
import type { RenditionId } from '../../../shared/contract/values.ts';
import type { Clock } from '../ports.ts';
import type { DownloadRow } from './download-row.ts';
import { toDownload } from './download-view.ts';
import type { Engine } from './engine.ts';
import type { Outlook } from './traffic/outlook.ts';
import { smallerInTime, type Forecast } from './traffic/queue-plan.ts';
import type { Traffic } from './traffic/traffic.ts';

/** The files that an asset can be had as; none when the catalogue does not know it any more. */
export type FindRenditions = (
  assetId: string,
) => ReadonlyArray<{ readonly id: string; readonly label: string; readonly sizeBytes: number | null }>;

/** Shows rows as the contract has them, with what the engine and the queue know beside them. */
export function createShowing(deps: {
  engine: Engine;
  governor: { readonly outlook: Outlook };
  renditions: FindRenditions;
  clock: Clock;
  traffic: Traffic;
}) {
  const { outlook } = deps.governor;

  /** Asked of the catalogue for those in danger only: they are few. */
  const smallerOf = (row: DownloadRow, found: Forecast | null): Download['smaller'] => {
    const isInDanger = found?.deadline === 'late' || found?.deadline === 'at-risk';
    if (!found || !isInDanger || row.assetId === null || row.neededByMs === null) return null;
    const others = deps.renditions(row.assetId).filter(({ id }) => id !== row.renditionId);
    const best = smallerInTime(others, {
      sizeBytes: row.sizeBytes,
      frontMs: found.frontMs,
      bytesPerSecond: outlook.facts().bytesPerSecond,
      leftMs: row.neededByMs - deps.clock.now(),
    });
    return best && { renditionId: best.id as RenditionId, label: best.label, sizeBytes: best.sizeBytes };
  };

  return {
    view: (row: DownloadRow): Download => {
      const found = outlook.of(row.id);
      const rule = deps.traffic.rule();
      return toDownload(row, deps.engine.liveOf(row.id), {
        etaMs: found?.etaMs ?? null,
        deadline: found?.deadline ?? 'none',
        smaller: smallerOf(row, found),
        held: rule.holds ? { untilMs: rule.untilMs, code: rule.byHand ? 'ON_HOLD' : 'OUTSIDE_HOURS' } : null,
      });
    },
  };
}
