import type { DownloadAttempt } from '../../../../shared/contract/downloads.ts';
import { reasonWording } from '../../../../shared/domain/download-reason-wording.ts';
import { downloadReasons, type DownloadReason } from '../../../../shared/domain/download-reason.ts';

function isReason(code: string): code is DownloadReason {
  return (downloadReasons as readonly string[]).includes(code);
}

/** How a try ended, in words. */
export function outcomeWords({ outcome }: Pick<DownloadAttempt, 'outcome'>): string {
  if (outcome === null) return 'Running';
  if (outcome === 'complete') return 'Complete';
  if (outcome === 'stopped') return 'Stopped';
  return isReason(outcome) ? reasonWording(outcome).sentence : outcome;
}
