import { RushesError } from '../../../shared/errors/rushes-error.ts';

/** The error of a command that the user has ended. */
export function interruptedError(): RushesError {
  return new RushesError('CANCELLED', 'Interrupted; what was done so far is kept.', {
    hint: 'The same command goes on where it stopped.',
  });
}

/** Waits until the user ends the command; for commands that run until then. */
export function untilEnded(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // A timer holds the process: a signal handler alone does not, and a server may have been closed from outside.
    const hold = setInterval(() => undefined, 60_000);
    const end = (): void => {
      clearInterval(hold);
      resolve();
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
