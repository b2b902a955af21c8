import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import type { CheckResult, CheckRun } from '../../../../shared/contract/verify.ts';
import type { ClipId } from '../../../../shared/contract/values.ts';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { watchUntil } from '../changes.ts';
import type { CommandHost } from '../command-host.ts';
import { absolutePath, type CoreClient, type Session } from '../session.ts';
import { checkFault, checkLines } from '../verify-text.ts';

/** What one call takes. */
const mostRepairs = 1000;

interface VerifyOptions {
  readonly all?: boolean;
  readonly manifest?: boolean;
  readonly repair?: boolean;
}

/** `verify [PATH|CLIP…]`: whether files still are what they were. */
export function addVerifyCommand(program: Command, host: CommandHost): void {
  program
    .command('verify [path-or-clip...]')
    .description('check that files still are what they were when they came')
    .option('--all', 'everything that Rushes knows')
    .option('--manifest', 'check one folder whole and write the next generation of its ASC media hash list')
    .option('--repair', 'fetch the damaged parts of downloaded files again')
    .action(
      host.action(async (session, given: string[], options: VerifyOptions) => {
        if ((given.length === 0) !== (options.all ?? false)) {
          throw new RushesError('USAGE', 'Say which files, folders or clips to verify, or --all.');
        }
        const checked = await session.withWorkingCore((client) =>
          verify(session, client, { given, options }),
        );
        session.progress.end();
        const { run, problems, mended } = checked;
        session.out.result({ ...run, problems, mended }, checkLines(run, problems, mended));
        const fault = checkFault(run);
        if (fault) throw fault;
      }),
    );
}

async function verify(
  session: Session,
  client: CoreClient,
  how: { given: readonly string[]; options: VerifyOptions },
): Promise<{ run: CheckRun; problems: CheckResult[]; mended: number }> {
  const { manifest = false, repair = false } = how.options;
  const scope = how.given.length === 0 ? {} : await scopeOf(how.given);
  const { id: runId } = await client.verify.start({ ...scope, manifest });
  let run = await follow(session, client, runId);
  let problems = await problemsOf(client, runId);
  let mended = 0;
  const ids = problems.filter(({ remedy }) => remedy === 'pieces').map(({ id }) => id);
  if (repair && ids.length > 0) {
    for (let at = 0; at < ids.length; at += mostRepairs) {
      await client.verify.repair({ ids: ids.slice(at, at + mostRepairs) });
    }
    await followRepair(session, client, { runId, ids });
    problems = await problemsOf(client, runId);
    run = await read(client, runId);
    const left = new Set(problems.map(({ id }) => id));
    mended = ids.filter((id) => !left.has(id)).length;
  }
  return { run, problems, mended };
}

/** A file or folder of that name goes first; what looks like an id and is neither is a clip. */
async function scopeOf(given: readonly string[]): Promise<{ paths?: string[]; clipIds?: ClipId[] }> {
  const paths: string[] = [];
  const clipIds: ClipId[] = [];
  for (const one of given) {
    const path = absolutePath(one);
    const found = await stat(path).catch(() => null);
    if (found === null && /^[0-9a-f-]{36}$/i.test(one)) clipIds.push(one as ClipId);
    else paths.push(path);
  }
  return { ...(paths.length > 0 ? { paths } : {}), ...(clipIds.length > 0 ? { clipIds } : {}) };
}

async function follow(session: Session, client: CoreClient, runId: string): Promise<CheckRun> {
  let run = await read(client, runId);
  await watchUntil(client, {
    signal: session.signal,
    look: async () => {
      run = await read(client, runId);
      const { title: what, checkedBytes: done, bytes: total } = run;
      session.progress.update({ what, done, total, unit: 'bytes' });
      return run.state === 'running' ? 'more' : 'done';
    },
  });
  if (run.state === 'cancelled') throw new RushesError('CANCELLED', 'The check was cancelled.');
  if (run.state === 'failed') throw new RushesError('DISK_ERROR', run.reason ?? 'The check failed.');
  return run;
}

async function followRepair(
  session: Session,
  client: CoreClient,
  what: { runId: string; ids: readonly string[] },
): Promise<void> {
  const { runId, ids } = what;
  const wanted = new Set(ids);
  await watchUntil(client, {
    signal: session.signal,
    look: async () => {
      const open = (await problemsOf(client, runId)).filter(
        ({ id, mend }) => wanted.has(id) && (mend?.state === 'queued' || mend?.state === 'running'),
      );
      session.progress.update({
        what: 'Mending',
        done: ids.length - open.length,
        total: ids.length,
        unit: 'items',
      });
      return open.length === 0 ? 'done' : 'more';
    },
  });
}

async function read(client: CoreClient, runId: string): Promise<CheckRun> {
  const { run } = await client.verify.status({ runId });
  if (!run) throw new Error('The check is gone.');
  return run;
}

/** Everything that is not as it should be, and what could not be looked at. */
async function problemsOf(client: CoreClient, runId: string): Promise<CheckResult[]> {
  const found: CheckResult[] = [];
  for (const show of ['problems', 'offline'] as const) {
    for (let cursor: string | undefined; ;) {
      const page = await client.verify.results({ runId, show, cursor, limit: 1000 });
      found.push(...page.results);
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
  }
  return found;
}
