/** Below which speed a connection is given up for a new one. Speeds in bytes a second, times in milliseconds. */
export interface SpeedFloorRule {
  /** While another connection of the same download is faster. */
  readonly among: { readonly bytesPerSecond: number; readonly windowMs: number };
  /** Whatever the others do. */
  readonly alone: { readonly bytesPerSecond: number; readonly windowMs: number };
}

/** Slow enough to be sure that a new connection cannot be worse. */
export const usualSpeedFloor: SpeedFloorRule = {
  among: { bytesPerSecond: 8000, windowMs: 30_000 },
  alone: { bytesPerSecond: 1000, windowMs: 60_000 },
};

/** One body under watch. */
export interface Watched {
  add(bytes: number): void;
  /** Whether it was given up as too slow. */
  wasSlow(): boolean;
  end(): void;
}

/** Watches the bodies of one download. */
export interface SpeedFloor {
  /** `onSlow` is called once at most. */
  watch(onSlow: () => void): Watched;
}

interface Window {
  since: number;
  bytes: number;
}

interface Body {
  readonly among: Window;
  readonly alone: Window;
  readonly onSlow: () => void;
  slow: boolean;
}

/** Makes the watch. `now` is monotonic; `exempt` tells whether something of ours holds the speed down. */
export function createSpeedFloor(deps: {
  rule: SpeedFloorRule;
  now: () => number;
  exempt: () => boolean;
}): SpeedFloor {
  const { rule, now } = deps;
  const bodies = new Set<Body>();
  let timer: NodeJS.Timeout | null = null;

  const rate = (window: Window): number => (window.bytes * 1000) / Math.max(1, now() - window.since);
  const isOver = (window: Window, windowMs: number): boolean => now() - window.since >= windowMs;
  const renew = (window: Window): void => {
    window.since = now();
    window.bytes = 0;
  };
  const check = (body: Body): void => {
    const othersFaster = [...bodies].some(
      (one) => one !== body && !one.slow && rate(one.among) > rule.among.bytesPerSecond,
    );
    const slowAmong = isOver(body.among, rule.among.windowMs) && rate(body.among) < rule.among.bytesPerSecond;
    const slowAlone = isOver(body.alone, rule.alone.windowMs) && rate(body.alone) < rule.alone.bytesPerSecond;
    if (!deps.exempt() && !body.slow && ((slowAmong && othersFaster) || slowAlone)) {
      body.slow = true;
      body.onSlow();
    }
  };
  const checkAll = (): void => {
    for (const body of bodies) check(body);
    for (const { among, alone } of bodies) {
      if (isOver(among, rule.among.windowMs)) renew(among);
      if (isOver(alone, rule.alone.windowMs)) renew(alone);
    }
  };

  return {
    watch: (onSlow) => {
      const body: Body = { among: newWindow(now()), alone: newWindow(now()), onSlow, slow: false };
      bodies.add(body);
      timer ??= setInterval(checkAll, Math.ceil(Math.min(rule.among.windowMs, rule.alone.windowMs) / 10));
      return {
        add: (bytes) => {
          body.among.bytes += bytes;
          body.alone.bytes += bytes;
        },
        wasSlow: () => body.slow,
        end: () => {
          bodies.delete(body);
          if (bodies.size > 0 || !timer) return;
          clearInterval(timer);
          timer = null;
        },
      };
    },
  };
}

function newWindow(since: number): Window {
  return { since, bytes: 0 };
}
