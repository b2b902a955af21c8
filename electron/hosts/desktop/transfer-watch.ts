import { setTimeout as sleep } from 'node:timers/promises';
import type { RouterClient } from '@orpc/server';
import { drop } from '../../core/drop.ts';
import type { CoreRouter } from '../../core/rpc/router.ts';

/** What the shell shows of the downloads outside its window. */
export interface TransferStanding {
  /** How many run, would run if there were room, or are tried again by themselves soon; what needs a person does not count. */
  readonly active: number;
  /** How much of them is there, from 0 to 1; null while nobody knows how large they are. */
  readonly share: number | null;
  /** How many failed and still stand in the list. */
  readonly failed: number;
  /** The queue has just come to its end: what became of it since it began. */
  readonly ended: { readonly done: number; readonly failed: number } | null;
  readonly keepAwake: boolean;
  readonly notifyWhenDone: boolean;
}

/** The counts that one reading of the queue gives. */
export interface QueueReading {
  readonly active: number;
  readonly bytes: number;
  readonly sizeBytes: number;
  readonly done: number;
  readonly failed: number;
}

/** At most this often, in milliseconds: a dock icon needs no more. */
const restMs = 500;

/**
 * Tells the beginning and the end of busy times apart: between them the counts are taken together, so that a hundred
 * downloads end in one notice and not in a hundred.
 */
export function createBusyTimes() {
  let began: { done: number; failed: number } | null = null;
  return (now: QueueReading): Pick<TransferStanding, 'active' | 'share' | 'failed' | 'ended'> => {
    const share = now.sizeBytes > 0 ? Math.min(1, now.bytes / now.sizeBytes) : null;
    const { active, failed } = now;
    if (active > 0) {
      began ??= { done: now.done, failed: now.failed };
      return { active, share, failed, ended: null };
    }
    const since = began;
    began = null;
    if (!since) return { active, share: null, failed, ended: null };
    // Rows that were taken off the list meanwhile must not make a count negative.
    const ended = {
      done: Math.max(0, now.done - since.done),
      failed: Math.max(0, now.failed - since.failed),
    };
    return { active, share: null, failed, ended: ended.done + ended.failed > 0 ? ended : null };
  };
}

/** Reads the queue whenever it has changed and tells the shell how it stands. */
export function watchTransfers(
  client: RouterClient<CoreRouter>,
  tell: (standing: TransferStanding) => void,
): { close(): void } {
  const ended = new AbortController();
  const { signal } = ended;
  const take = createBusyTimes();
  const look = async (): Promise<void> => {
    const { running, queued, retrying, bytes, sizeBytes } = await client.downloads.totals();
    const { counts } = await client.downloads.list({ show: 'failed', limit: 1 });
    const { keepAwake, notifyWhenDone } = await client.settings.get();
    const reading = {
      active: running + queued + retrying,
      bytes,
      sizeBytes,
      done: counts.done,
      failed: counts.failed,
    };
    tell({ ...take(reading), keepAwake, notifyWhenDone });
  };
  drop(
    (async () => {
      const notices = await client.system.changes(undefined, { signal });
      await look();
      let due = false;
      for await (const { entity } of notices) {
        if ((entity !== 'download' && entity !== 'setting') || due) continue;
        due = true;
        drop(
          sleep(restMs, undefined, { signal }).then(() => {
            due = false;
            return look();
          }),
          // The core has closed.
          () => undefined,
        );
      }
    })(),
    () => undefined,
  );
  return { close: () => ended.abort() };
}
