import { setImmediate } from 'node:timers/promises';

/** How long one piece of reading goes on before others have their turn, in milliseconds. */
const longestMs = 25;

/** Lets others have their turn when a piece of work has gone on for long; else it goes on at once. */
export function createBreather(): () => Promise<void> {
  let sinceMs = performance.now();
  return async () => {
    if (performance.now() - sinceMs < longestMs) return;
    await setImmediate();
    sinceMs = performance.now();
  };
}
