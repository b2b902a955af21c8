import type { Command } from 'commander';
import type { Notice } from '../../../../shared/contract/notices.ts';
import type { CommandHost } from '../command-host.ts';
import { wholeNumber } from '../option-values.ts';
import { countText } from '../text.ts';

interface ListOptions {
  readonly all?: boolean;
  readonly limit?: number;
  readonly cursor?: string;
}

/** `notices list`, `notices seen`: what sources have said since of what is held here. */
export function addNoticesCommands(program: Command, host: CommandHost): void {
  const notices = program
    .command('notices')
    .description('kills, corrections and other changes of what is held here');

  notices
    .command('list', { isDefault: true })
    .description('list those that nobody has seen yet')
    .option('--all', 'the seen ones too')
    .option('--limit <n>', 'how many at most', wholeNumber({ min: 1, max: 500 }))
    .option('--cursor <cursor>', 'go on where the last page ended')
    .action(
      host.action(async ({ out, withCore }, options: ListOptions) => {
        const { limit, cursor } = options;
        const found = await withCore((client) =>
          client.notices.list({ open: options.all !== true, limit, cursor }),
        );
        const more = found.cursor === null ? [] : [`More with --cursor ${found.cursor}`];
        const lines = found.items.flatMap(noticeLines);
        out.result(found, [...(lines.length === 0 ? ['Nothing to look at.'] : lines), ...more]);
      }),
    );

  notices
    .command('seen <id...>')
    .description('say that notices were seen')
    .option('--note <text>', 'what was done about it')
    .action(
      host.action(async ({ out, withCore }, ids: string[], options: { note?: string }) => {
        const done = await withCore((client) => client.notices.acknowledge({ ids, note: options.note }));
        out.result(done, [`${countText(done.acknowledged, 'notice')} seen`]);
      }),
    );
}

function noticeLines(notice: Notice): string[] {
  const lines = [`${notice.id}  ${notice.severity.toUpperCase()}  ${notice.kind}: ${notice.title}`];
  lines.push(`  ${notice.sourceName}, ${new Date(notice.atMs).toISOString()}`);
  if (notice.text !== null) lines.push(`  "${notice.text.replaceAll('\n', ' ')}"`);
  for (const { field, before, after } of notice.changes) {
    lines.push(`  ${field}: ${said(field, before)} -> ${said(field, after)}`);
  }
  for (const holder of notice.holders) {
    if (holder.kind === 'download') lines.push(`  held by download ${holder.id} (${holder.state})`);
    else lines.push(`  held by clip ${holder.id}${holder.paths.map((path) => `\n    ${path}`).join('')}`);
  }
  return lines;
}

/** Times are told as such, and not as the milliseconds that they are kept in. */
function said(field: string, value: string | null): string {
  if (value === null) return 'nothing';
  return field.endsWith('Ms') && /^-?\d{1,15}$/.test(value)
    ? new Date(Number(value)).toISOString()
    : value.replaceAll('\n', ' ');
}
