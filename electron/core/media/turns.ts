/** Hands out a limited number of places, first come, first served. */
export interface Turns {
  /** Resolves to the function that gives the place back. Rejects with the signal's reason when aborted while waiting. */
  take(signal?: AbortSignal): Promise<() => void>;
}

/** Makes a queue with `places` places. */
export function createTurns(places: number): Turns {
  let free = places;
  const waiting: (() => void)[] = [];

  const giveBack = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };

  const once = (): (() => void) => {
    let given = false;
    return () => {
      if (given) return;
      given = true;
      giveBack();
    };
  };

  return {
    take(signal) {
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          const place = waiting.indexOf(enter);
          if (place >= 0) waiting.splice(place, 1);
          reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
        };
        const enter = (): void => {
          signal?.removeEventListener('abort', leave);
          resolve(once());
        };
        if (signal?.aborted === true) {
          leave();
        } else if (free > 0) {
          free -= 1;
          resolve(once());
        } else {
          waiting.push(enter);
          signal?.addEventListener('abort', leave, { once: true });
        }
      });
    },
  };
}
