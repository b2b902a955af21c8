/** Between two looks at the clock, in milliseconds. */
const lookMs = 15_000;

/** A browser slows the timers of a hidden page to one a minute; only a longer gap is a sleep. */
const sleepMs = 100_000;

/** What tells the core that the world is back. */
export interface WakeDeps {
  readonly nowMs: () => number;
  readonly wake: (why: 'online' | 'awake') => void;
}

/** Notices by the gaps between its looks that the machine has slept. */
export function createWakeWatch(deps: WakeDeps): { look: () => void } {
  let last = deps.nowMs();
  return {
    look: () => {
      const now = deps.nowMs();
      const slept = now - last > sleepMs;
      last = now;
      if (slept) deps.wake('awake');
    },
  };
}

/** Watches a page's network and clock for as long as it lives. */
export function watchWaking(target: Window, wake: WakeDeps['wake']): () => void {
  const watch = createWakeWatch({ nowMs: () => Date.now(), wake });
  const online = (): void => wake('online');
  const timer = target.setInterval(watch.look, lookMs);
  target.addEventListener('online', online);
  target.document.addEventListener('visibilitychange', watch.look);
  return () => {
    target.clearInterval(timer);
    target.removeEventListener('online', online);
    target.document.removeEventListener('visibilitychange', watch.look);
  };
}
