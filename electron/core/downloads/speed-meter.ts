/** How fast bytes come, over the last seconds. */
export interface SpeedMeter {
  add(bytes: number): void;
  /** Bytes a second, or null while there is too little to tell. */
  bytesPerSecond(): number | null;
}

const windowMs = 5000;
const slotMs = 250;
const leastMs = 500;

/** Makes a meter with a window of five seconds; `now` is a monotonic clock in milliseconds. */
export function createSpeedMeter(now: () => number): SpeedMeter {
  const startedAt = now();
  let slots: Array<{ at: number; bytes: number }> = [];
  const expire = (at: number): void => {
    slots = slots.filter((slot) => slot.at > at - windowMs);
  };
  return {
    add: (bytes) => {
      const at = now();
      const last = slots.at(-1);
      if (last && at - last.at < slotMs) last.bytes += bytes;
      else {
        expire(at);
        slots.push({ at, bytes });
      }
    },
    bytesPerSecond: () => {
      const at = now();
      expire(at);
      const spanMs = Math.min(windowMs, at - startedAt);
      if (spanMs < leastMs) return null;
      const bytes = slots.reduce((sum, slot) => sum + slot.bytes, 0);
      return Math.round((bytes * 1000) / spanMs);
    },
  };
}

/** Milliseconds until the rest is there, or null when nobody can say. */
export function etaMs(restBytes: number | null, bytesPerSecond: number | null): number | null {
  if (restBytes === null || bytesPerSecond === null || bytesPerSecond <= 0) return null;
  return Math.round((restBytes * 1000) / bytesPerSecond);
}
