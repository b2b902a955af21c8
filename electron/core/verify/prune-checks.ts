import type { ChecksRepo } from './checks-repo.ts';

/** Forgets what old checks found and later ones have said anew: page by page, for it may be very many rows. */
export async function pruneChecks(checks: ChecksRepo, signal: AbortSignal): Promise<void> {
  for (const runId of checks.oldRuns()) {
    for (let after: string | null = ''; after !== null;) {
      signal.throwIfAborted();
      after = checks.prunePage(runId, after);
      await new Promise(setImmediate);
    }
  }
  checks.dropEmptyRuns();
}
