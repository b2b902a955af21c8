/** Counts uses within a second: more than a person can cause is refused. */
export function createRateLimit(mostPerSecond: number, now: () => number) {
  let started = now();
  let used = 0;
  return (): boolean => {
    if (now() - started >= 1000) {
      started = now();
      used = 0;
    }
    used += 1;
    return used <= mostPerSecond;
  };
}
