import { Command, Option } from 'commander';
import { readVersion } from '../version.ts';
import { createCommandHost } from './command-host.ts';
import { addAccountCommands } from './commands/account.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addDownloadCommand } from './commands/download.ts';
import { addDownloadsCommands } from './commands/downloads.ts';
import { addEventsCommands } from './commands/events.ts';
import { addGetCommand } from './commands/get.ts';
import { addLibraryCommands } from './commands/library.ts';
import { addPlacesCommands } from './commands/places.ts';
import { addNetworkCommands } from './commands/network.ts';
import { addNoticesCommands } from './commands/notices.ts';
import { addPortalCommand } from './commands/portal.ts';
import { addRulesCommands } from './commands/rules.ts';
import { addSearchCommand } from './commands/search.ts';
import { addServeCommand } from './commands/serve.ts';
import { addSettingsCommands } from './commands/settings.ts';
import { addShowCommand } from './commands/show.ts';
import { addSourceCommands } from './commands/source.ts';
import { addSyncCommand } from './commands/sync.ts';
import { addTagCommands } from './commands/tag.ts';
import { addThumbsCommand } from './commands/thumbs.ts';
import { addVerifyCommand } from './commands/verify.ts';
import type { Terminal } from './terminal.ts';

/** All commands, told to commander. */
export function createProgram(terminal: Terminal, json: boolean): Command {
  const program = new Command('rushes')
    .description('The command line of Rushes, the media asset manager for newsrooms.')
    .version(readVersion(), '--version', 'print the version')
    .option('--home <dir>', 'the profile: databases, pictures, logs (also RUSHES_HOME)')
    .option('--json', 'one JSON document on stdout')
    .option('--quiet', 'nothing but errors')
    .addOption(new Option('--progress <form>', 'progress on stderr as JSON lines').choices(['json']))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      // Help that nobody asked for goes to stderr with its error, which is printed where all errors are.
      writeErr: (text) => {
        if (!json) terminal.stderr.write(text);
      },
      outputError: () => undefined,
    });
  const host = createCommandHost(terminal);
  for (const add of [
    addSourceCommands,
    addAccountCommands,
    addSyncCommand,
    addSearchCommand,
    addShowCommand,
    addRulesCommands,
    addNoticesCommands,
    addDownloadCommand,
    addGetCommand,
    addDownloadsCommands,
    addLibraryCommands,
    addThumbsCommand,
    addEventsCommands,
    addTagCommands,
    addVerifyCommand,
    addSettingsCommands,
    addPlacesCommands,
    addServeCommand,
    addPortalCommand,
    addNetworkCommands,
    addDoctorCommand,
  ]) {
    add(program, host);
  }
  return program;
}
