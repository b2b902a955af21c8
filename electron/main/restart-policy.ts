/** What to do after a process has died: start it again after a pause, or stop trying. */
export type RestartAdvice = { readonly kind: 'wait'; readonly ms: number } | { readonly kind: 'give-up' };

const windowMs = 60_000;
const mostFailures = 3;
const firstPauseMs = 250;

/** Restarts with growing pauses; the third failure within a minute ends the trying. */
export function createRestartPolicy(now: () => number) {
  let failures: number[] = [];
  return {
    failed: (): RestartAdvice => {
      failures = [...failures.filter((at) => now() - at < windowMs), now()];
      if (failures.length >= mostFailures) return { kind: 'give-up' };
      return { kind: 'wait', ms: firstPauseMs * 4 ** (failures.length - 1) };
    },
    /** Forgets the past, because a person has asked to try again. */
    forget: (): void => {
      failures = [];
    },
  };
}
