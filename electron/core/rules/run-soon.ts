/** Runs something soon after it was asked for, and at a steady interval anyway; never twice at once. */
export interface RunSoon {
  /** Nothing runs before. */
  start(): void;
  /** Asked again meanwhile, it waits anew, though never longer than `longestMs` in all. */
  soon(afterMs: number): void;
  /** Runs after the run that is under way. */
  now(): Promise<void>;
  /** Waits for the run under way. */
  close(): Promise<void>;
}

/** Builds the timing of one recurring work, whose `run` never rejects. */
export function createRunSoon(deps: {
  run: () => Promise<void>;
  anywayMs: number;
  longestMs: number;
}): RunSoon {
  let state: 'resting' | 'started' | 'closed' = 'resting';
  let next: NodeJS.Timeout | undefined;
  /** Set while something was asked for that has not begun; it does not wait anew. */
  let latest: NodeJS.Timeout | undefined;
  let isQueued = false;
  let running: Promise<void> = Promise.resolve();

  const settle = (): void => {
    clearTimeout(next);
    clearTimeout(latest);
    latest = undefined;
  };
  const fire = (): void => {
    settle();
    next = setTimeout(fire, deps.anywayMs).unref();
    // One that has not begun sees all that has happened until it does.
    if (isQueued) return;
    isQueued = true;
    running = running.then(() => {
      isQueued = false;
      return state === 'started' ? deps.run() : undefined;
    });
  };

  return {
    start: () => {
      if (state === 'resting') state = 'started';
    },
    soon: (afterMs) => {
      if (state !== 'started') return;
      clearTimeout(next);
      next = setTimeout(fire, afterMs).unref();
      latest ??= setTimeout(fire, deps.longestMs).unref();
    },
    now: () => {
      running = running.then(() => (state === 'closed' ? undefined : deps.run()));
      return running;
    },
    close: async () => {
      state = 'closed';
      settle();
      await running;
    },
  };
}
