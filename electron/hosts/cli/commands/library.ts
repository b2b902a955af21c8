import type { Command } from 'commander';
import type { Root, ScanSummary } from '../../../../shared/contract/library.ts';
import type { CommandHost } from '../command-host.ts';
import { absolutePath, type CoreClient, type Session } from '../session.ts';
import { columns, countText, durationText } from '../text.ts';
import { waitForLibrary } from '../wait-for-media.ts';

interface ScanOptions {
  /** False with --no-wait. */
  readonly wait: boolean;
}

/** `library add|scan|list|remove`: the folders that Rushes watches. */
export function addLibraryCommands(program: Command, host: CommandHost): void {
  const library = program.command('library').description('the folders that Rushes watches');
  const noWait = ['--no-wait', 'do not wait until the clips have been read and pictured'] as const;

  library
    .command('add <dir>')
    .description('add a folder and look through it')
    .option(...noWait)
    .action(
      host.action(async (session, dir: string, options: ScanOptions) =>
        scanAndReport(session, options, (client) => client.library.addRoot({ path: absolutePath(dir) })),
      ),
    );

  library
    .command('scan')
    .description('look through all folders again')
    .option(...noWait)
    .action(
      host.action(async (session, options: ScanOptions) =>
        scanAndReport(session, options, (client) => client.library.scan({})),
      ),
    );

  library
    .command('list')
    .description('list the folders')
    .action(
      host.action(async ({ out, withCore }) => {
        const found = await withCore((client) => client.library.roots());
        out.result(found, rootLines(found.roots));
      }),
    );

  library
    .command('remove <dir>')
    .description('stop watching a folder; its files stay')
    .action(
      host.action(async ({ out, withCore }, dir: string) => {
        const left = await withCore((client) => client.library.removeRoot({ path: absolutePath(dir) }));
        out.result(left, rootLines(left.roots));
      }),
    );
}

async function scanAndReport(
  session: Session,
  options: ScanOptions,
  scan: (client: CoreClient) => Promise<ScanSummary>,
): Promise<void> {
  const summary = await session.withWorkingCore(async (client) => {
    const scanned = await scan(client);
    if (options.wait) await waitForLibrary(session, client);
    return scanned;
  });
  session.progress.end();
  const { added, changed, missing, ms } = summary;
  const line = `${countText(added, 'clip')} added, ${changed} changed, ${missing} missing in ${durationText(ms)}`;
  session.out.result(summary, [...rootLines(summary.roots), line]);
}

function rootLines(roots: readonly Root[]): string[] {
  if (roots.length === 0) return ['No folders. Add one with "rushes library add DIR".'];
  return columns(
    roots.map(({ path, online, reason, clips }) => [
      online ? 'online' : 'offline',
      countText(clips, 'clip'),
      reason === null ? path : `${path} (${reason})`,
    ]),
  );
}
