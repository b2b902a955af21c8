/** A thread is asked this often whether it lives. */
const pingEveryMs = 5_000;
/** Long enough for a disk that has to spin up. */
const aliveWithinMs = 60_000;

interface WatchDeps {
  readonly now: () => number;
  /** How long the thread may say nothing; for tests. */
  readonly aliveMs?: number;
  readonly isWaitedFor: () => boolean;
  readonly ping: () => void;
  readonly onDeaf: () => void;
}

/** Looks whether a thread still says something while somebody waits for it. */
export interface ThreadWatch {
  /** It has said something. */
  heard(): void;
  close(): void;
}

/** Begins to watch. */
export function watchThread(deps: WatchDeps): ThreadWatch {
  const { now, aliveMs = aliveWithinMs } = deps;
  let lookedAt = now();
  let heardAt = lookedAt;
  const look = (): void => {
    // Neither idleness counts nor a machine that slept.
    if (!deps.isWaitedFor() || now() - lookedAt > 3 * pingEveryMs) heardAt = now();
    else if (now() - heardAt > aliveMs) deps.onDeaf();
    lookedAt = now();
    deps.ping();
  };
  const timer = setInterval(look, Math.min(pingEveryMs, aliveMs / 4));
  timer.unref();
  return {
    heard: () => {
      heardAt = now();
    },
    close: () => clearInterval(timer),
  };
}
