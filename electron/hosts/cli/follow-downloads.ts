import type { Download } from '../../../shared/contract/downloads.ts';
import type { DownloadId } from '../../../shared/contract/values.ts';
import { watchUntil } from './changes.ts';
import { mayPass } from './download-fault.ts';
import type { CoreClient, Session } from './session.ts';
import type { ProgressState } from './progress.ts';
import { countText } from './text.ts';

/** How long a download may wait for the network without a byte before the command ends, in seconds. */
export const usualWaitSeconds = 60;

/**
 * Follows downloads until each is complete, failed or cancelled, or waits for something that a person must do, or
 * has waited for the network longer than `waitMs` without a byte. What waits stays as it is for the next time.
 */
export async function followDownloads(
  session: Pick<Session, 'signal' | 'progress'>,
  client: CoreClient,
  how: { ids: readonly DownloadId[]; waitMs: number; now?: () => number },
): Promise<Download[]> {
  const patience = createPatience(how.waitMs, how.now ?? (() => performance.now()));
  const found = new Map<DownloadId, Download>();
  const open = new Set(how.ids);
  await watchUntil(client, {
    signal: session.signal,
    look: async () => {
      for (const id of open) {
        const one = await client.downloads.get({ id });
        found.set(id, one);
        if (hasSettled(one, patience)) open.delete(id);
      }
      tell(session, [...found.values()]);
      return open.size === 0 ? 'done' : 'more';
    },
  });
  return how.ids.flatMap((id) => found.get(id) ?? []);
}

/** How far one download is. */
function stateOf(one: Download): ProgressState {
  return {
    what: one.fileName,
    done: one.bytes,
    total: one.sizeBytes,
    unit: 'bytes',
    bytesPerSecond: one.bytesPerSecond,
    etaMs: one.etaMs,
  };
}

/** All together in one line, and those that run in one each. */
function tell({ progress }: Pick<Session, 'progress'>, all: readonly Download[]): void {
  const [only] = all;
  if (!only || !all.some(({ state }) => state === 'running' || state === 'complete')) return;
  if (all.length === 1) return progress.update(stateOf(only));
  const known = all.every(({ sizeBytes }) => sizeBytes !== null);
  const done = sum(all, ({ bytes }) => bytes);
  const total = known ? sum(all, ({ sizeBytes }) => sizeBytes) : null;
  const bytesPerSecond = sum(all, (one) => one.bytesPerSecond);
  progress.update({
    what: countText(all.length, 'file'),
    done,
    total,
    unit: 'bytes',
    bytesPerSecond,
    etaMs:
      total === null || bytesPerSecond <= 0 ? null : Math.round(((total - done) * 1000) / bytesPerSecond),
    parts: all.filter(({ state }) => state === 'running' || state === 'verifying').map(stateOf),
  });
}

function sum(all: readonly Download[], of: (one: Download) => number | null): number {
  return all.reduce((total, one) => total + (of(one) ?? 0), 0);
}

/** Whether a command has nothing more to wait for. */
export function hasSettled(one: Download, patience: Patience): boolean {
  switch (one.state) {
    case 'complete':
    case 'failed':
    case 'cancelled':
    case 'paused':
      return true;
    case 'waiting':
      return !one.reason || !mayPass(one.reason.code) || patience.isOver(one);
    case 'running':
      patience.sawRunning(one);
      return false;
    case 'queued':
    case 'verifying':
      patience.forget(one.id);
      return false;
    default:
      throw new Error(`unknown state ${String(one.state satisfies never)}`);
  }
}

/** For how long a download may bring nothing. */
export interface Patience {
  /** Whether a waiting download has brought no byte for too long. */
  isOver(one: Download): boolean;
  sawRunning(one: Download): void;
  forget(id: DownloadId): void;
}

/** Measures from the last byte: a download that fails again and again is waiting all the while. */
export function createPatience(waitMs: number, now: () => number): Patience {
  const last = new Map<DownloadId, { bytes: number; at: number }>();
  const since = ({ id, bytes }: Download): number => {
    const known = last.get(id);
    if (known?.bytes === bytes) return known.at;
    last.set(id, { bytes, at: now() });
    return now();
  };
  return {
    isOver: (one) => now() - since(one) >= waitMs,
    sawRunning: (one) => void since(one),
    forget: (id) => void last.delete(id),
  };
}
