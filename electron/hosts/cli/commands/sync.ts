import type { Command } from 'commander';
import type { SyncSummary } from '../../../../shared/contract/catalogue.ts';
import type { Source } from '../../../../shared/contract/sources.ts';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { CommandHost } from '../command-host.ts';
import { findSource } from '../find-source.ts';
import { interruptedError } from '../interrupt.ts';
import type { CoreClient, Session } from '../session.ts';
import { countText, durationText } from '../text.ts';

/** `sync [SOURCE]`: brings one source, or all, up to date. */
export function addSyncCommand(program: Command, host: CommandHost): void {
  program
    .command('sync [source]')
    .description('bring the catalogue up to date; without a source, all of them')
    .action(
      host.action(async (session, given: string | undefined) => {
        const { done, faults } = await session.withCore((client) => syncSome(session, client, given));
        session.progress.end();
        const [first, ...others] = faults;
        if (done.length > 0) {
          const document = toDocument(done, done.length + faults.length);
          session.out.result(document, done.flatMap(summaryLines));
        }
        for (const { source, error } of others) session.out.note(`${source.name}: ${wordsOf(error)}`);
        if (first) throw first.error;
      }),
    );
}

interface Synced {
  readonly source: Source;
  readonly summary: SyncSummary;
}

interface Fault {
  readonly source: Source;
  readonly error: unknown;
}

/** Reads one source after the other. One that cannot be read keeps none of the others from it. */
async function syncSome(
  session: Session,
  client: CoreClient,
  given: string | undefined,
): Promise<{ done: Synced[]; faults: Fault[] }> {
  const all = given === undefined ? (await client.sources.list()).sources : [];
  const wanted = all.length > 0 ? all : [await findSource(client, given)];
  const done: Synced[] = [];
  const faults: Fault[] = [];
  for (const source of wanted) {
    try {
      done.push({ source, summary: await syncOne(session, client, source) });
    } catch (error) {
      if (session.signal.aborted) throw error;
      faults.push({ source, error });
    }
  }
  return { done, faults };
}

async function syncOne(session: Session, client: CoreClient, source: Source): Promise<SyncSummary> {
  const { signal, progress } = session;
  for await (const step of await client.catalogue.sync({ sourceId: source.id }, { signal })) {
    if (step.kind === 'finished') return step.summary;
    progress.update({ what: source.name, done: step.done, total: step.total, unit: 'items' });
  }
  if (signal.aborted) throw interruptedError();
  throw new RushesError('INTERNAL', 'The sync ended without a result.');
}

/** The only source alone, as it is when it was named; else all of them that could be read. */
function toDocument(done: readonly Synced[], asked: number): unknown {
  const [only] = done;
  return asked === 1 && only ? only.summary : { sources: done.map(({ summary }) => summary) };
}

function summaryLines({ source, summary }: Synced): string[] {
  const { added, updated, unchanged, stale, withdrawn, failed, failures, doubt, ms } = summary;
  const parts = [`${added} added`, `${updated} updated`, `${unchanged} unchanged`, `${withdrawn} withdrawn`];
  if (stale > 0) parts.push(`${stale} older than known`);
  if (failed > 0) parts.push(`${countText(failed, 'item')} could not be read`);
  const more = failed - failures.length;
  return [
    `${source.name}: ${parts.join(', ')} in ${durationText(ms)}`,
    ...failures.map(({ where, why }) => `  ${where}: ${why}`),
    ...(more > 0 && failures.length > 0 ? [`  and ${more} more`] : []),
    ...(doubt === null ? [] : [`  ${doubt}`]),
  ];
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
