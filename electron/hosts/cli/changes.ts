import { setTimeout as sleep } from 'node:timers/promises';
import { drop } from '../../core/drop.ts';
import type { CoreClient } from './session.ts';

/** A state is read at most this often, in milliseconds. */
const restMs = 100;

/**
 * Reads a state again whenever something has changed, and at least every half second, until it is `done`.
 *
 * @throws What `look` throws; AbortError when `signal` aborts.
 */
export async function watchUntil(
  client: CoreClient,
  watch: { look: () => Promise<'done' | 'more'>; signal: AbortSignal; atLeastMs?: number },
): Promise<void> {
  const ended = new AbortController();
  const signal = AbortSignal.any([watch.signal, ended.signal]);
  let wake = (): void => undefined;
  drop(
    (async () => {
      const notices = await client.system.changes(undefined, { signal });
      while (!(await notices.next()).done) wake();
    })(),
    // Ending the stream from here is how it always ends; should it end by itself, the half second remains.
    () => undefined,
  );
  try {
    while ((await watch.look()) === 'more') {
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      await sleep(restMs, undefined, { signal });
      await Promise.race([promise, sleep(watch.atLeastMs ?? 400, undefined, { signal })]);
    }
  } finally {
    ended.abort();
  }
}
