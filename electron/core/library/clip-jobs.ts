import type { ClipStep } from '../../../shared/contract/library.ts';
import type { JobKind, JobResult } from '../jobs/job.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import type { Notify } from '../ports.ts';
import type { ClipsReadRepo } from './clips-read-repo.ts';
import type { ClipsRepo } from './clips-repo.ts';
import { readProbe, type StoredProbe } from './stored-probe.ts';

/** What the library asks of media work. Each rejects with an error whose message is one clear sentence. */
export interface ClipMedia {
  probe(path: string, signal: AbortSignal): Promise<StoredProbe>;
  makePictures(
    clip: { fingerprint: string; path: string; durationMs: number | null },
    signal: AbortSignal,
  ): Promise<{ posterAtMs: number | null; stripFrames: number; reason: string | null }>;
  hash(path: string, signal: AbortSignal): Promise<string>;
}

interface ClipJobDeps {
  readonly clips: ClipsRepo;
  readonly read: ClipsReadRepo;
  readonly jobs: JobRunner;
  readonly media: ClipMedia;
  readonly notify: Notify;
  /** How many media jobs run at once: the cores. */
  readonly parallel: number;
}

type Stage = Extract<ClipStep, 'probe' | 'picture' | 'hash'>;

const titles: Record<Stage, string> = {
  probe: 'Reading the clip',
  picture: 'Making pictures',
  hash: 'Computing the hash',
};

/** Which stage goes before which: a clip is seen before it is hashed whole. */
const priorities: Record<Stage, number> = { probe: 20, picture: 10, hash: 0 };

/** The background stages of a clip as job kinds, and the way to ask for them. */
export function createClipJobs(deps: ClipJobDeps) {
  const ask = (clipId: string, stage: Stage): void => {
    deps.clips.setStep(clipId, stage, { state: 'todo', reason: null });
    deps.jobs.add({
      kind: stage,
      key: clipId,
      title: titles[stage],
      payload: { clipId },
      priority: priorities[stage],
    });
    deps.notify('clip', clipId);
  };

  const kind = (
    stage: Stage,
    work: (clipId: string, path: string, signal: AbortSignal) => Promise<Done>,
  ): JobKind => ({
    kind: stage,
    concurrency: () => (stage === 'hash' ? 1 : deps.parallel),
    run: (payload, { signal }) =>
      runStage(deps, { stage, work, ask, clipId: (payload as { clipId: string }).clipId }, signal),
  });

  return {
    ask,
    kinds: [
      kind('probe', async (clipId, path, signal) => {
        const probe = await deps.media.probe(path, signal);
        deps.clips.setProbe(clipId, JSON.stringify(probe));
        return { reason: null, next: 'picture' };
      }),
      kind('picture', async (clipId, path, signal) => {
        const clip = deps.read.find(clipId);
        if (!clip) return { reason: 'The clip is no longer in the library.', next: null };
        const { durationMs } = readProbe(clip.probe_json);
        const made = await deps.media.makePictures(
          { fingerprint: clip.fingerprint, path, durationMs },
          signal,
        );
        deps.clips.setPictures(clipId, made);
        return { reason: made.reason, next: clip.sha256 === null ? 'hash' : null };
      }),
      kind('hash', async (clipId, path, signal) => {
        deps.clips.setHash(clipId, await deps.media.hash(path, signal));
        return { reason: null, next: null };
      }),
    ],
  };
}

/** A stage's end: why it came to nothing, when it did, and the stage that follows. */
interface Done {
  readonly reason: string | null;
  readonly next: Stage | null;
}

async function runStage(
  deps: ClipJobDeps,
  how: {
    stage: Stage;
    work: (clipId: string, path: string, signal: AbortSignal) => Promise<Done>;
    ask: (clipId: string, stage: Stage) => void;
    clipId: string;
  },
  signal: AbortSignal,
): Promise<JobResult> {
  const { stage, clipId } = how;
  const end = (state: 'done' | 'failed' | 'none', reason: string | null): void => {
    deps.clips.setStep(clipId, stage, { state, reason });
    deps.notify('clip', clipId);
  };
  const path = deps.clips.pathOf(clipId);
  if (path === null) {
    end('failed', 'The file is not where it was, or its folder is offline.');
    return { kind: 'done' };
  }
  deps.clips.setStep(clipId, stage, { state: 'running', reason: null });
  deps.notify('clip', clipId);
  try {
    const done = await how.work(clipId, path, signal);
    end(done.reason === null ? 'done' : 'none', done.reason);
    if (done.next) how.ask(clipId, done.next);
  } catch (error) {
    if (signal.aborted) throw error;
    // A file that cannot be read as video is a state of the clip, not a fault of the job.
    end('failed', error instanceof Error ? error.message : String(error));
    if (stage === 'probe')
      deps.clips.setStep(clipId, 'picture', {
        state: 'none',
        reason: 'The file could not be read as video.',
      });
    if (stage !== 'hash' && deps.read.find(clipId)?.sha256 === null) how.ask(clipId, 'hash');
  }
  return { kind: 'done' };
}
