import type { Command } from 'commander';
import type { Event } from '../../../../shared/contract/events.ts';
import type { CommandHost } from '../command-host.ts';
import { calendarDay } from '../option-values.ts';
import { columns } from '../text.ts';

interface EventOptions {
  readonly from?: string;
  readonly to?: string;
  readonly place?: string;
  readonly summary?: string;
}

/** `events list`, `events create`. */
export function addEventsCommands(program: Command, host: CommandHost): void {
  const events = program.command('events').description('the dated happenings that clips belong to');

  events
    .command('list [query...]')
    .description('list events; with words, those that have them')
    .action(
      host.action(async ({ out, withCore }, words: string[]) => {
        const query = words.length === 0 ? undefined : words.join(' ');
        const found = await withCore((client) => client.events.list({ query }));
        out.result(found, eventLines(found.events));
      }),
    );

  events
    .command('create <title>')
    .description('make an event')
    .option('--from <day>', 'its first day, YYYY-MM-DD', calendarDay)
    .option('--to <day>', 'its last day; the first when not given', calendarDay)
    .option('--place <place>', 'where it was')
    .option('--summary <text>', 'what it was about')
    .action(
      host.action(async ({ out, withCore }, title: string, options: EventOptions) => {
        const made = await withCore((client) =>
          client.events.create({
            title,
            firstDay: options.from,
            lastDay: options.to ?? options.from,
            place: options.place,
            summary: options.summary,
          }),
        );
        out.result(made, eventLines([made]));
      }),
    );
}

function eventLines(events: readonly Event[]): string[] {
  if (events.length === 0) return ['No events.'];
  return columns(
    events.map(({ id, firstDay, lastDay, title, place }) => [
      id,
      firstDay ?? '',
      lastDay !== null && lastDay !== firstDay ? lastDay : '',
      place === null ? title : `${title} (${place})`,
    ]),
  );
}
