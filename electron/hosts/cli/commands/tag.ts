import { Option, type Command } from 'commander';
import { label as labels, type Label } from '../../../../shared/contract/library.ts';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { CommandHost } from '../command-host.ts';
import { calendarDay, noneAsNull, orNone, several, wholeNumber } from '../option-values.ts';
import { countText } from '../text.ts';

interface TagOptions {
  readonly event?: string;
  readonly day?: string;
  readonly add?: string[];
  readonly remove?: string[];
  readonly rating?: number;
  readonly label?: Label | 'none';
  readonly note?: string;
}

/** `tag CLIP…`, `undo`, `redo`. */
export function addTagCommands(program: Command, host: CommandHost): void {
  program
    .command('tag <clip...>')
    .description('say what clips are of; one undo takes it back for all of them')
    .option('--event <id>', 'the event they belong to, or none', orNone(String))
    .option('--day <day>', 'their day, YYYY-MM-DD, or none', orNone(calendarDay))
    .option('--add <tag>', 'add a tag; may be repeated', several)
    .option('--remove <tag>', 'take a tag off; may be repeated', several)
    .option('--rating <0-5>', 'stars, 0 for none', wholeNumber({ min: 0, max: 5 }))
    .addOption(new Option('--label <label>', 'a colour, or none').choices([...labels.options, 'none']))
    .option('--note <text>', 'a note; "" takes it away')
    .action(
      host.action(async ({ out, withCore }, clips: string[], options: TagOptions) => {
        const { event, day, add, remove, rating, label, note } = options;
        const wishes = [event, day, add, remove, rating, label, note];
        if (wishes.every((wish) => wish === undefined)) {
          throw new RushesError('USAGE', 'Say what to change, for instance --add or --event.');
        }
        const changed = await withCore((client) =>
          client.tags.apply({
            clipIds: clips,
            eventId: event === undefined ? undefined : noneAsNull(event),
            day: day === undefined ? undefined : noneAsNull(day),
            add,
            remove,
            rating,
            label: label === 'none' ? null : label,
            note,
          }),
        );
        out.result(changed, [`${countText(changed.changed, 'clip')} changed`]);
      }),
    );

  for (const verb of ['undo', 'redo'] as const) {
    program
      .command(verb)
      .description(verb === 'undo' ? 'take the last change of clips back' : 'make the change again')
      .action(
        host.action(async ({ out, withCore }) => {
          const changed = await withCore((client) => client.tags[verb]());
          out.result(changed, [
            changed.changed === 0
              ? `There is nothing to ${verb}.`
              : `${countText(changed.changed, 'clip')} changed`,
          ]);
        }),
      );
  }
}
