/** Runs something soon after it was asked for, and at a steady interval anyway; never twice at once. */
export interface RunSoon {
  /** Nothing runs before. */
  start(): void;
  /** Asked again meanwhile, it waits anew. */
  soon(afterMs: number): void;
  /** Runs after the run that is under way. */
  now(): Promise<void>;
  /** Waits for the run under way. */
  close(): Promise<void>;
}

/** Builds the timing of one recurring work, whose `run` never rejects. */
export function createRunSoon(deps: { run: () => Promise<void>; anywayMs: number }): RunSoon {
  let state: 'resting' | 'started' | 'closed' = 'resting';
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();

  const soon = (afterMs: number): void => {
    if (state !== 'started') return;
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(() => (state === 'started' ? deps.run() : undefined));
      soon(deps.anywayMs);
    }, afterMs);
    timer.unref();
  };

  return {
    start: () => {
      if (state === 'resting') state = 'started';
    },
    soon,
    now: () => {
      running = running.then(() => (state === 'closed' ? undefined : deps.run()));
      return running;
    },
    close: async () => {
      state = 'closed';
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}
