import type { Command } from 'commander';
import type { CommandHost } from '../command-host.ts';
import { absolutePath } from '../session.ts';
import { flatSettings, settingAt, settingChange } from '../setting-values.ts';
import { columns } from '../text.ts';

/** Settings that are paths, which a command line may give from where it stands. */
const paths: ReadonlySet<string> = new Set(['downloadDir', 'certificateFile']);

/** `settings list`, `settings get`, `settings set`. */
export function addSettingsCommands(program: Command, host: CommandHost): void {
  const settings = program.command('settings').description('what can be chosen');

  settings
    .command('list')
    .description('print all settings')
    .action(
      host.action(async ({ out, withCore }) => {
        const all = await withCore((client) => client.settings.get());
        out.result(
          { settings: all },
          columns(flatSettings(all).map(({ key, value }) => [key, valueText(value)])),
        );
      }),
    );

  settings
    .command('get <key>')
    .description('print one setting; a dot leads into a group, as in proxy.mode')
    .action(
      host.action(async ({ out, withCore }, key: string) => {
        const value = settingAt(await withCore((client) => client.settings.get()), key);
        out.result({ key, value }, [valueText(value)]);
      }),
    );

  settings
    .command('set <key> <value>')
    .description('change one setting; "none" takes a value away, groups and lists are given as JSON')
    .action(
      host.action(async ({ out, withCore }, key: string, text: string) => {
        const given = paths.has(key) ? pathGiven(text) : text;
        const value = await withCore(async (client) => {
          const change = settingChange(await client.settings.get(), key, given);
          return settingAt(await client.settings.set(change), key);
        });
        out.result({ key, value }, [`${key}  ${valueText(value)}`]);
      }),
    );
}

/** Empty is how a path is not given. */
function pathGiven(text: string): string {
  return text === '' || text === 'none' ? '' : absolutePath(text);
}

function valueText(value: unknown): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
