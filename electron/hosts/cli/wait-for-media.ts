import type { Download } from '../../../shared/contract/downloads.ts';
import type { ClipStep } from '../../../shared/contract/library.ts';
import { watchUntil } from './changes.ts';
import type { CoreClient, Session } from './session.ts';

/** How long a download's clip is waited for, in milliseconds. */
const clipPatienceMs = 60_000;

const mediaSteps: ReadonlySet<ClipStep> = new Set(['probe', 'picture']);
/** The jobs of those steps, and the states in which they still have something to bring. */
const mediaJobs: ReadonlySet<string> = new Set(['probe', 'picture']);
const openStates: ReadonlySet<string> = new Set(['queued', 'running']);

/**
 * Waits, within bounds, until the clips of finished downloads have been probed and pictured, so that a search or a
 * tag that follows finds them. Answers the downloads with their clips.
 */
export async function waitForClips(
  session: Pick<Session, 'signal'>,
  client: CoreClient,
  downloads: readonly Download[],
): Promise<Download[]> {
  const until = performance.now() + clipPatienceMs;
  let now = [...downloads];
  await watchUntil(client, {
    signal: session.signal,
    look: async () => {
      now = await Promise.all(
        now.map(async (one) =>
          one.state === 'complete' && one.clipId === null ? client.downloads.get({ id: one.id }) : one,
        ),
      );
      const settled = await Promise.all(now.map((one) => hasSettledClip(client, one)));
      return settled.every(Boolean) || performance.now() > until ? 'done' : 'more';
    },
  });
  return now;
}

async function hasSettledClip(client: CoreClient, one: Download): Promise<boolean> {
  if (one.state !== 'complete') return true;
  if (one.clipId === null) return false;
  const { steps } = await client.library.get({ id: one.clipId });
  const failed = steps.some(({ step, state }) => step === 'probe' && state === 'failed');
  // The picture is asked for when the probe has ended well, so an unread clip has none to wait for.
  return (
    failed ||
    steps
      .filter(({ step }) => mediaSteps.has(step))
      .every(({ state }) => state === 'done' || state === 'failed' || state === 'none')
  );
}

/** Waits until no probe and no picture is queued or under way, and tells how many are left. */
export async function waitForLibrary(
  session: Pick<Session, 'signal' | 'progress'>,
  client: CoreClient,
): Promise<void> {
  let most = 0;
  await watchUntil(client, {
    signal: session.signal,
    look: async () => {
      const { jobs } = await client.system.jobs();
      const media = jobs.filter(({ kind, state }) => mediaJobs.has(kind) && openStates.has(state));
      // A clip counts twice: first its probe, then its picture.
      const left = media.reduce((sum, { kind }) => sum + (kind === 'probe' ? 2 : 1), 0);
      most = Math.max(most, left);
      if (most > 0) {
        session.progress.update({ what: 'Reading clips', done: most - left, total: most, unit: 'items' });
      }
      return left === 0 ? 'done' : 'more';
    },
  });
}
