import { realpath } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { CheckResult, CheckRun } from '../../../shared/contract/verify.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import { toCheckResult, type StoredRun } from './check-row.ts';
import { createChecksRepo, type NewItem, type ShownResults } from './checks-repo.ts';
import { gatherFolder, gatherKnown, hasHistory, isFolder, type CheckScope, type Gathered } from './gather.ts';
import { createKnownFilesRepo } from './known-files-repo.ts';
import type { FetchPieces } from './mend-file.ts';
import { createMendJob, mendJobKind } from './mend-job.ts';
import { ListFault } from './mhl/read-list.ts';
import { checkJobKind, createCheckJob, toCheckRun, type CheckDeps } from './run-check.ts';
import { createVolumeTurns } from './volume-turns.ts';

/** What the checks are given. */
export type VerifyDeps = Omit<CheckDeps, 'checks' | 'known' | 'turns' | 'piecesOf'> & {
  /** Not started yet: the kinds are registered here. */
  readonly jobs: JobRunner;
  readonly fetchPieces: FetchPieces;
  /** Unpacks a seal; null when it is none for a file of this size. */
  readonly unseal: (seal: Uint8Array, sizeBytes: number) => ReturnType<CheckDeps['piecesOf']>;
};

/** Looks whether files still are what they were, and mends those that are not. */
export interface VerifyArea {
  /** @throws RushesError NOT_FOUND, USAGE, INTEGRITY for a media hash list that cannot be believed. */
  start(scope: CheckScope): Promise<CheckRun>;
  status(runId: string | undefined): CheckRun | null;
  cancel(runId: string): Promise<CheckRun>;
  results(query: {
    readonly runId: string;
    readonly show: ShownResults;
    readonly cursor?: string | undefined;
    readonly limit: number;
  }): { results: CheckResult[]; nextCursor: string | null };
  ofClip(clipId: string): CheckResult[];
  repair(ids: readonly string[]): CheckResult[];
  /** Picks up what the last process left; before the job runner starts. */
  recover(): void;
}

/** Items are written in pages of this size, so that nobody waits long for the database. */
const pageItems = 1000;

/** Builds the area over user.db. */
export function createVerify(given: VerifyDeps): VerifyArea {
  const checks = createChecksRepo(given.db);
  const known = createKnownFilesRepo(given.db);
  const deps: CheckDeps & { fetchPieces: FetchPieces } = {
    ...given,
    checks,
    known,
    turns: createVolumeTurns(),
    piecesOf: (downloadId, sizeBytes) => {
      const seal = known.seal(downloadId);
      return seal && given.unseal(seal, sizeBytes);
    },
  };
  const checkJob = createCheckJob(deps);
  given.jobs.register(checkJob);
  given.jobs.register(createMendJob(deps));

  const runOf = (id: string): StoredRun => {
    const run = checks.run(id);
    if (!run) throw new RushesError('NOT_FOUND', `There is no check ${id}.`);
    return run;
  };
  const view = (run: StoredRun): CheckRun =>
    toCheckRun(run, checks.counts(run.id), checkJob.bytesUnderWay(run.id));
  const launch = ({ id, title }: StoredRun): void =>
    given.jobs.add({ kind: checkJobKind, key: id, title, payload: { runId: id } });

  const begin = async (scope: CheckScope): Promise<string> => {
    const { items, folder } = await gather(known, scope);
    if (items.length === 0) {
      throw new RushesError('NOT_FOUND', 'There is nothing to check that Rushes knows.', {
        hint: 'Download something or add a folder first.',
      });
    }
    const runId = await write(deps, { scope, items, folder });
    launch(runOf(runId));
    return runId;
  };
  // Asked for again before it is written down, it is the same run as well.
  const beginning = new Map<string, Promise<string>>();

  return {
    start: async (scope) => {
      const text = scopeText(scope);
      const same = checks.sameRun(text);
      if (same) return view(same);
      const under = beginning.get(text) ?? begin(scope).finally(() => beginning.delete(text));
      beginning.set(text, under);
      return view(runOf(await under));
    },
    status: (runId) => {
      const run = runId === undefined ? checks.newestRun() : runOf(runId);
      return run && view(run);
    },
    cancel: async (runId) => {
      runOf(runId);
      await given.jobs.cancel(checkJobKind, runId);
      checks.endRun(runId, { state: 'cancelled', reason: null }, given.clock.now());
      given.notify('check', runId);
      return view(runOf(runId));
    },
    results: ({ runId, show, cursor, limit }) => {
      runOf(runId);
      const after = cursor === undefined ? '' : (checks.item(Number(cursor))?.path ?? '');
      const found = checks.results(runId, { show, after, limit: limit + 1 });
      const page = found.slice(0, limit);
      return {
        results: page.map(toCheckResult),
        nextCursor: found.length > limit ? String(page.at(-1)?.id ?? '') : null,
      };
    },
    ofClip: (clipId) => checks.ofClip(clipId).map(toCheckResult),
    repair: (ids) => ids.map((id) => askMend(deps, given.jobs, id)),
    recover: () => {
      for (const run of checks.runningRuns()) launch(run);
    },
  };
}

function askMend({ checks, notify }: CheckDeps, jobs: JobRunner, id: string): CheckResult {
  const item = checks.item(Number(id));
  if (!item || item.state === 'todo') throw new RushesError('NOT_FOUND', `There is no finding ${id}.`);
  if (item.remedy !== 'pieces') {
    throw new RushesError('CONFLICT', `${item.path} cannot be mended in part.`, {
      hint: item.remedy === 'download' ? 'Download it again.' : 'Take it from a backup.',
    });
  }
  const title = `Mending ${basename(item.path)}`;
  if (item.mendState !== 'queued' && item.mendState !== 'running') {
    checks.mend(item.id, { state: 'queued', detail: null, fetchedBytes: 0 });
  }
  jobs.add({ kind: mendJobKind, key: id, title, payload: { itemId: item.id } });
  notify('check', item.runId);
  return toCheckResult(checks.item(item.id) ?? item);
}

/** Known files, or a whole folder where its media hash lists are asked for or there already. */
async function gather(known: ReturnType<typeof createKnownFilesRepo>, scope: CheckScope): Promise<Gathered> {
  const [only, ...others] = scope.paths ?? [];
  const folder =
    only !== undefined && others.length === 0 && (await isFolder(only)) ? await realpath(only) : null;
  if (scope.manifest && folder === null) {
    throw new RushesError('USAGE', 'A media hash list is written for one folder that is there.');
  }
  if (folder === null || !(scope.manifest || (await hasHistory(folder)))) {
    return {
      items: await gatherKnown(known, { ...scope, paths: await bothNames(scope.paths) }),
      folder: null,
    };
  }
  try {
    return await gatherFolder(known, folder);
  } catch (error) {
    if (!(error instanceof ListFault)) throw error;
    throw new RushesError('INTEGRITY', `The media hash lists of ${folder} cannot be believed.`, {
      detail: error.message,
      hint: `Move its folder "ascmhl" aside to begin anew.`,
    });
  }
}

/** Each path as it was given and as it really is: the library goes by the one, a download by what its folder was called. */
async function bothNames(paths: readonly string[] | undefined): Promise<string[] | undefined> {
  if (!paths) return undefined;
  const given = paths.map((path) => resolve(path));
  const real = await Promise.all(given.map((path) => realpath(path).catch(() => path)));
  return [...new Set([...given, ...real])];
}

/** Writes a run down in pages. Until the last is written it counts as failed, which is what a crash makes of it. */
async function write(
  { checks, clock }: CheckDeps,
  of: { scope: CheckScope; items: readonly NewItem[]; folder: Gathered['folder'] },
): Promise<string> {
  const { items, folder } = of;
  const manifestWanted = of.scope.manifest;
  const run = {
    title: titleOf(of),
    scopeJson: scopeText(of.scope),
    folder: folder?.path ?? null,
    manifestWanted,
  };
  const runId = checks.addRun(run, clock.now());
  for (let at = 0; at < items.length; at += pageItems) {
    checks.addItems(runId, items.slice(at, at + pageItems));
    await new Promise(setImmediate);
  }
  if (folder) {
    const { path, history, broken, refused } = folder;
    const generations = history?.generations ?? 0;
    checks.setManifest(runId, {
      folder: path,
      generations,
      broken: [...broken],
      refused,
      added: 0,
      file: null,
    });
  }
  checks.beginRun(runId);
  return runId;
}

function titleOf({
  scope,
  items,
  folder,
}: {
  scope: CheckScope;
  items: readonly NewItem[];
  folder: Gathered['folder'];
}): string {
  if (folder) return `Checking ${basename(folder.path)}`;
  const [only] = items;
  if (only && items.length === 1) return `Checking ${basename(only.path)}`;
  const all = !scope.paths && !scope.clipIds && !scope.downloadIds;
  return all ? 'Checking everything' : `Checking ${items.length} files`;
}

/** A scope as text, the same for the same wish. */
function scopeText({ paths, clipIds, downloadIds, manifest }: CheckScope): string {
  return JSON.stringify([paths?.map((path) => resolve(path)), clipIds, downloadIds, manifest]);
}
