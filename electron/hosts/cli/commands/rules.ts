import { Option, type Command } from 'commander';
import type { Rule, RulePreview, RuleWish, SavedSearch } from '../../../../shared/contract/rules.ts';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { CommandHost } from '../command-host.ts';
import { calendarDay, noneAsNull, orNone, wholeNumber } from '../option-values.ts';
import { absolutePath, type CoreClient } from '../session.ts';
import { bytesText, columns, countText } from '../text.ts';

interface RuleOptions {
  readonly rendition?: 'best' | 'smallest';
  readonly to?: string;
  readonly fromDay?: string;
  readonly mostFiles?: number | 'none';
  readonly mostBytes?: number | 'none';
  /** Given as `--again`, taken back by `--no-again`. */
  readonly again?: boolean;
}

/** `saved …`: searches that are kept; `rules …`: those that download by themselves. */
export function addRulesCommands(program: Command, host: CommandHost): void {
  addSaved(program.command('saved').description('searches of the catalogue that are kept'), host);
  const rules = program.command('rules').description('saved searches that download by themselves');
  addRuleLists(rules, host);
  addRuleChanges(rules, host);
}

function addSaved(saved: Command, host: CommandHost): void {
  saved
    .command('list', { isDefault: true })
    .description('list them, with how much they find and how much of it is new')
    .action(
      host.action(async ({ out, withCore }) => {
        const list = await withCore((client) => client.savedSearches.list());
        out.result(list, savedLines(list.searches));
      }),
    );
  saved
    .command('add <name> <query...>')
    .description('keep a search under a name')
    .action(
      host.action(async ({ out, withCore }, name: string, words: string[]) => {
        const filter = { query: words.join(' ') };
        const added = await withCore((client) => client.savedSearches.save({ name, filter }));
        out.result(added, savedLines([added]));
      }),
    );
  saved
    .command('remove <search>')
    .description('forget one, by id or name; what was downloaded stays')
    .action(
      host.action(async ({ out, withCore }, given: string) => {
        const list = await withCore(async (client) => {
          await client.savedSearches.remove({ id: (await findSaved(client, given)).id });
          return client.savedSearches.list();
        });
        out.result(list, savedLines(list.searches));
      }),
    );
}

function addRuleLists(rules: Command, host: CommandHost): void {
  rules
    .command('list', { isDefault: true })
    .description('list the rules and what they have taken')
    .action(
      host.action(async ({ out, withCore }) => {
        const list = await withCore((client) => client.rules.list());
        out.result(list, ruleLines(list.rules));
      }),
    );
  rules
    .command('run')
    .description('have every rule that is on look now; what it takes joins the queue')
    .action(
      host.action(async ({ out, withCore }) => {
        const list = await withCore((client) => client.rules.run());
        out.result(list, ruleLines(list.rules));
      }),
    );
}

function addRuleChanges(rules: Command, host: CommandHost): void {
  withWish(rules.command('preview <search>').description('what a rule would take, before it is on')).action(
    host.action(async ({ out, withCore }, given: string, options: RuleOptions) => {
      const preview = await withCore(async (client) =>
        client.rules.preview(await wishFor(client, given, options)),
      );
      out.result(preview, previewLines(preview));
    }),
  );
  withWish(rules.command('on <search>').description('let a saved search download by itself')).action(
    host.action(async ({ out, withCore }, given: string, options: RuleOptions) => {
      const rule = await withCore(async (client) =>
        client.rules.save({ ...(await wishFor(client, given, options)), enabled: true }),
      );
      out.result(rule, ruleLines([rule]));
    }),
  );
  rules
    .command('off <search>')
    .description('switch the rule of a saved search off; it is remembered')
    .action(
      host.action(async ({ out, withCore }, given: string) => {
        const rule = await withCore(async (client) => {
          const { id, name } = await findSaved(client, given);
          const { rules: known } = await client.rules.list();
          if (!known.some(({ searchId }) => searchId === id)) {
            throw new RushesError('NOT_FOUND', `"${name}" has no rule.`);
          }
          return client.rules.save({ ...(await wishFor(client, id, {})), enabled: false });
        });
        out.result(rule, ruleLines([rule]));
      }),
    );
}

function withWish(command: Command): Command {
  return command
    .addOption(new Option('--rendition <file>', 'which file').choices(['best', 'smallest']))
    .option('--to <dir>', 'the folder, where it is not that of all downloads')
    .option('--from-day <day>', 'only what is of this day or later, or none', orNone(calendarDay))
    .option('--most-files <n>', 'in 24 hours, or none', orNone(wholeNumber({ min: 1, max: 100_000 })))
    .option('--most-bytes <n>', 'in 24 hours, or none', orNone(wholeNumber({ min: 1, max: 10 ** 15 })))
    .option('--again', 'fetch again what was deleted or cancelled here')
    .option('--no-again', 'leave that alone, as a new rule does');
}

/** The wish of the rule that is there, or of a new one, with what was said on the command line. */
async function wishFor(client: CoreClient, given: string, options: RuleOptions): Promise<RuleWish> {
  const { id } = await findSaved(client, given);
  const known = (await client.rules.list()).rules.find(({ searchId }) => searchId === id);
  const { rendition, to, fromDay, mostFiles, mostBytes, again } = options;
  return {
    searchId: id,
    rendition: rendition ?? known?.rendition ?? 'best',
    dir: to === undefined ? (known?.dir ?? null) : absolutePath(to),
    fromDay: fromDay === undefined ? (known?.fromDay ?? null) : noneAsNull(fromDay),
    mostFiles: mostFiles === undefined ? (known?.mostFiles ?? null) : noneAsNull(mostFiles),
    mostBytes: mostBytes === undefined ? (known?.mostBytes ?? null) : noneAsNull(mostBytes),
    keepOut: again === undefined ? (known?.keepOut ?? true) : !again,
  };
}

/** @throws RushesError NOT_FOUND, USAGE when several bear the name. */
async function findSaved(client: CoreClient, given: string): Promise<SavedSearch> {
  const { searches } = await client.savedSearches.list();
  const byId = searches.find(({ id }) => id === given);
  const byName = searches.filter(({ name }) => name.toLowerCase() === given.toLowerCase());
  if (byName.length > 1 && !byId) throw new RushesError('USAGE', `Several searches are called "${given}".`);
  const found = byId ?? byName[0];
  if (found) return found;
  throw new RushesError('NOT_FOUND', `There is no saved search "${given}".`);
}

function savedLines(searches: readonly SavedSearch[]): string[] {
  if (searches.length === 0) return ['No saved search. Keep one with "rushes saved add NAME QUERY".'];
  return columns(
    searches.map(({ id, name, total, fresh, hasRule, filter }) => [
      id,
      name,
      `${total} found`,
      fresh > 0 ? `${fresh} new` : '',
      hasRule ? 'downloads' : '',
      filter.query ?? '',
    ]),
  );
}

function ruleLines(rules: readonly Rule[]): string[] {
  if (rules.length === 0) return ['No rule. Switch one on with "rushes rules on SEARCH".'];
  return columns(
    rules.map((rule) => [
      rule.name,
      rule.enabled ? 'on' : 'off',
      `${countText(rule.takenFiles, 'file')}, ${bytesText(rule.takenBytes)} taken`,
      rule.reason ?? '',
    ]),
  );
}

function previewLines(preview: RulePreview): string[] {
  const left: readonly [number, string][] = [
    [preview.beyondLimit, 'wait for the limit'],
    [preview.here, 'are here already or on their way'],
    [preview.deleted, 'were deleted or cancelled before'],
    [preview.notReleased, 'are not released'],
    [preview.tooOld, 'are older'],
    [preview.noFile, 'offer no file'],
  ];
  const unknown = preview.unknownSizes > 0 ? `, and ${preview.unknownSizes} of unknown size` : '';
  return [
    `It would take ${countText(preview.files, 'file')}, ${bytesText(preview.bytes)}${unknown}.`,
    ...left.filter(([count]) => count > 0).map(([count, words]) => `  ${count} ${words}`),
    ...columns(
      preview.items.map((item) => [
        `  ${item.day ?? ''}`,
        item.sizeBytes === null ? '?' : bytesText(item.sizeBytes),
        item.title,
      ]),
    ),
  ];
}
