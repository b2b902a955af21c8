import { useEffect, useEffectEvent, useState } from 'react';

/**
 * Counts down to 0, in whole seconds, from the moment the source arrived; null until it has begun.
 *
 * `remainingMs` is asked once for each source. From then on only the machine's steady clock counts, so a wrong or
 * jumping wall clock changes nothing.
 */
export function useCountdown(source: object | null, remainingMs: () => number): number | null {
  const [left, setLeft] = useState<number | null>(null);
  const remaining = useEffectEvent(remainingMs);
  useEffect(() => {
    if (source === null) return undefined;
    const endsAt = performance.now() + remaining();
    const tick = (): void => {
      setLeft(Math.max(0, Math.ceil((endsAt - performance.now()) / 1000)));
    };
    const first = setTimeout(tick);
    const timer = setInterval(tick, 250);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [source]);
  return left;
}
