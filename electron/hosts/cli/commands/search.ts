import { Option, type Command } from 'commander';
import type { CommandHost } from '../command-host.ts';
import { wholeNumber } from '../option-values.ts';
import { columns, durationText } from '../text.ts';

interface SearchOptions {
  readonly in: 'catalogue' | 'library' | 'events' | 'all';
  readonly limit?: number;
  readonly cursor?: string;
}

/** `search QUERY`: one search for catalogue, library and events. */
export function addSearchCommand(program: Command, host: CommandHost): void {
  program
    .command('search <query...>')
    .description('find assets, clips and events by words and days')
    .addOption(
      new Option('--in <place>', 'where to look')
        .choices(['catalogue', 'library', 'events', 'all'])
        .default('all'),
    )
    .option('--limit <n>', 'how many at most', wholeNumber({ min: 1, max: 500 }))
    .option('--cursor <cursor>', 'go on where the last page ended')
    .action(
      host.action(async ({ out, withCore }, words: string[], options: SearchOptions) => {
        const { limit, cursor } = options;
        const found = await withCore((client) =>
          client.search.find({ query: words.join(' '), in: options.in, limit, cursor }),
        );
        const lines = columns(
          found.items.map(({ kind, id, day, title, detail }) => [
            kind,
            id,
            day ?? '',
            detail === null || title.includes(detail) ? title : `${title} (${detail})`,
          ]),
        );
        const more = found.cursor === null ? [] : [`More with --cursor ${found.cursor}`];
        out.result(found, [
          ...lines,
          `${found.exact ? '' : 'at least '}${found.total} found in ${durationText(found.ms)}`,
          ...more,
        ]);
      }),
    );
}
