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
        const summaries = await session.withCore((client) => syncSome(session, client, given));
        const [only] = summaries;
        const document =
          summaries.length === 1 && only ? only.summary : { sources: summaries.map(toSummary) };
        session.progress.end();
        session.out.result(document, summaries.map(summaryLine));
      }),
    );
}

interface Synced {
  readonly source: Source;
  readonly summary: SyncSummary;
}

async function syncSome(session: Session, client: CoreClient, given: string | undefined): Promise<Synced[]> {
  const all = given === undefined ? (await client.sources.list()).sources : [];
  const wanted = all.length > 0 ? all : [await findSource(client, given)];
  const done: Synced[] = [];
  for (const source of wanted) done.push({ source, summary: await syncOne(session, client, source) });
  return done;
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

function toSummary({ summary }: Synced): SyncSummary {
  return summary;
}

function summaryLine({ source, summary }: Synced): string {
  const { added, updated, unchanged, withdrawn, failed, ms } = summary;
  const parts = [`${added} added`, `${updated} updated`, `${unchanged} unchanged`, `${withdrawn} withdrawn`];
  if (failed > 0) parts.push(`${countText(failed, 'item')} could not be read`);
  return `${source.name}: ${parts.join(', ')} in ${durationText(ms)}`;
}
