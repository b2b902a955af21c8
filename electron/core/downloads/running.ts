import type { DownloadReason } from '../../../shared/domain/download-reason.ts';
import type { DownloadRow } from './download-row.ts';
import { placeRetryMs, type Outcome } from './outcome.ts';
import type { SpeedMeter } from './speed-meter.ts';

/** How long a download waits for the network before it looks by itself, whatever the interfaces say. */
const offlineRetryMs = 60_000;

/**
 * Why a download is stopped from without. What is fetched is kept; `again` puts it back into the queue at once: its
 * place went to another, the hours are over, or the machine slept.
 */
export type Interruption = 'again' | 'no-space' | 'offline' | 'quit';

/** What keeps a download from going on. */
export interface Blocked {
  readonly reason: DownloadReason;
  readonly detail: string;
}

/** A download that is worked on. */
export interface Running {
  readonly row: DownloadRow;
  readonly abort: AbortController;
  readonly meter: SpeedMeter;
  readonly ended: Promise<unknown>;
  /** By the monotonic clock, in milliseconds. */
  readonly startedAt: number;
  fetchedBytes: number;
  /** The host that bytes came from. */
  host: string | null;
  /** The host that was asked last. */
  askedHost: string | null;
  maxRate: number | null;
  /** Still fetching: what proves or publishes a file is not stopped for the sake of others. */
  fetching: boolean;
  blocked: Blocked | null;
}

/** How a stopped attempt ends, by why it was stopped. */
export function stoppedAs(running: Running): Outcome {
  switch (running.abort.signal.reason as Interruption) {
    case 'no-space':
      return {
        kind: 'wait',
        reason: 'NO_SPACE',
        detail: 'The disk is full, or nearly so.',
        delay: { kind: 'after', ms: placeRetryMs },
      };
    case 'offline':
      return offline;
    default:
      return { kind: 'stopped' };
  }
}

/** Without a network nothing counts as a failure of the server. */
export const offline: Outcome = {
  kind: 'wait',
  reason: 'OFFLINE',
  detail: null,
  delay: { kind: 'after', ms: offlineRetryMs },
};
