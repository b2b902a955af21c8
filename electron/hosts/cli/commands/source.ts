import type { Command } from 'commander';
import type { Source } from '../../../../shared/contract/sources.ts';
import type { CommandHost } from '../command-host.ts';
import { findSource } from '../find-source.ts';
import { columns, countText, facts } from '../text.ts';

interface AddOptions {
  readonly kind?: string;
  readonly name?: string;
  readonly insecureHttp?: boolean;
  readonly allowPrivate?: boolean;
}

/** `source add`, `source list`, `source remove`. */
export function addSourceCommands(program: Command, host: CommandHost): void {
  const source = program.command('source').description('the catalogues that Rushes knows');

  source
    .command('add <url>')
    .description('add a catalogue, or give a known one its new address')
    .option('--kind <kind>', 'what kind it is; found out when not given')
    .option('--name <name>', 'what to call it')
    .option('--insecure-http', 'allow plain http')
    .option('--allow-private', 'allow addresses of private networks')
    .action(
      host.action(async ({ out, withCore }, url: string, options: AddOptions) => {
        const { kind, name, insecureHttp, allowPrivate } = options;
        const added = await withCore((client) =>
          client.sources.add({ url, kind, name, insecureHttp, allowPrivate }),
        );
        out.result(added, sourceFacts(added));
      }),
    );

  source
    .command('list')
    .description('list the catalogues')
    .action(
      host.action(async ({ out, withCore }) => {
        const list = await withCore((client) => client.sources.list());
        out.result(list, sourceLines(list.sources));
      }),
    );

  source
    .command('remove <source>')
    .description('forget a catalogue and its entries; downloads and clips stay')
    .action(
      host.action(async ({ out, withCore }, given: string) => {
        const list = await withCore(async (client) => {
          const { id } = await findSource(client, given);
          await client.sources.remove({ id });
          return client.sources.list();
        });
        out.result(list, sourceLines(list.sources));
      }),
    );
}

function sourceFacts(source: Source): string[] {
  return facts([
    ['id', source.id],
    ['name', source.name],
    ['kind', source.kind],
    ['address', source.url],
    ['state', source.state],
    ['assets', source.assets],
  ]);
}

function sourceLines(sources: readonly Source[]): string[] {
  if (sources.length === 0) return ['No sources. Add one with "rushes source add URL".'];
  return columns(
    sources.map(({ id, name, url, state, assets }) => [id, state, countText(assets, 'asset'), name, url]),
  );
}
