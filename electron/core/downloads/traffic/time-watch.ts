/** A gap or a jump of more than this means that the machine slept, or that someone set its clock. In milliseconds. */
const jumpMs = 30_000;

/**
 * Notices sleep, and a clock that was set: told both clocks at every tick, it says true when one of them has run on
 * much further than a tick, or the two have parted.
 */
export function createTimeWatch(start: { wallMs: number; monotonicMs: number }) {
  let last = start;
  return (now: { wallMs: number; monotonicMs: number }): boolean => {
    const wall = now.wallMs - last.wallMs;
    const monotonic = now.monotonicMs - last.monotonicMs;
    last = now;
    return Math.abs(wall - monotonic) > jumpMs || monotonic > jumpMs;
  };
}
