import type { ChangeNotice } from '../../../shared/contract/system.ts';
import type { Entity, Notify } from '../ports.ts';

/** Notices leave at most this often, in milliseconds: ten a second for each kind of thing. */
const gatherMs = 100;
/** More changed ids than this in one notice are told as "many". */
const mostIds = 200;

interface Subscriber {
  readonly queue: ChangeNotice[];
  wake: () => void;
}

/** Gathers changes and hands them, numbered, to every open page. */
export interface ChangeFeed {
  readonly notify: Notify;
  /** The notices from now on, until the signal aborts or the feed closes. */
  subscribe(signal: AbortSignal | undefined): AsyncGenerator<ChangeNotice, void>;
  close(): void;
}

/** Builds the feed; nothing is gathered while nobody listens. */
export function createChangeFeed(): ChangeFeed {
  const pending = new Map<Entity, Set<string> | 'many'>();
  const subscribers = new Set<Subscriber>();
  let seq = 0;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const flush = (): void => {
    timer = null;
    for (const [entity, ids] of pending) {
      const notice: ChangeNotice = { seq: ++seq, entity, ids: ids === 'many' ? [] : [...ids] };
      for (const one of subscribers) one.queue.push(notice);
    }
    pending.clear();
    for (const one of subscribers) one.wake();
  };

  const notify: Notify = (entity, id) => {
    if (closed || subscribers.size === 0) return;
    const known = pending.get(entity);
    if (id === undefined || known === 'many') pending.set(entity, 'many');
    else if (!known) pending.set(entity, new Set([id]));
    else if (known.add(id).size > mostIds) pending.set(entity, 'many');
    timer ??= setTimeout(flush, gatherMs);
  };

  async function* subscribe(signal: AbortSignal | undefined): AsyncGenerator<ChangeNotice, void> {
    const self: Subscriber = { queue: [], wake: () => undefined };
    const onAbort = (): void => self.wake();
    subscribers.add(self);
    signal?.addEventListener('abort', onAbort);
    try {
      while (!closed && !signal?.aborted) {
        const notice = self.queue.shift();
        if (notice) yield notice;
        else
          await new Promise<void>((resolve) => {
            self.wake = resolve;
          });
      }
    } finally {
      signal?.removeEventListener('abort', onAbort);
      subscribers.delete(self);
    }
  }

  return {
    notify,
    subscribe,
    close: () => {
      closed = true;
      if (timer) clearTimeout(timer);
      for (const one of subscribers) one.wake();
    },
  };
}
