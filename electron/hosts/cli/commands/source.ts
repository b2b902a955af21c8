import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { CommandHost } from '../command-host.ts';
import { findSource } from '../find-source.ts';
import { everyMinutes } from '../option-values.ts';
import { readPassword } from '../read-password.ts';
import { absolutePath, type Session } from '../session.ts';
import { sourceFacts, sourceLines } from '../source-text.ts';

interface KeyOptions {
  readonly key?: string;
  readonly keyStdin?: boolean;
}

interface AddOptions extends KeyOptions {
  readonly kind?: string;
  readonly name?: string;
  readonly insecureHttp?: boolean;
  readonly allowPrivate?: boolean;
}

interface SetOptions extends KeyOptions {
  readonly every?: number | 'never';
  readonly name?: string;
  readonly forgetKey?: boolean;
}

/** `source add`, `source set`, `source list`, `source remove`. */
export function addSourceCommands(program: Command, host: CommandHost): void {
  const source = program.command('source').description('the catalogues that Rushes knows');
  addAdd(source, host);
  addSet(source, host);
  source
    .command('list')
    .description('list the catalogues, and how each is doing')
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

function addAdd(source: Command, host: CommandHost): void {
  const add = source
    .command('add <address>')
    .description('add a catalogue by its address or folder, or give a known one its new address')
    .option('--kind <kind>', 'what kind it is; found out when not given')
    .option('--name <name>', 'what to call it')
    .option('--insecure-http', 'allow plain http')
    .option('--allow-private', 'allow addresses of private networks');
  takeKey(add).action(
    host.action(async (session, given: string, options: AddOptions) => {
      const { kind, name, insecureHttp, allowPrivate } = options;
      const key = await givenKey(session, options);
      const url = addressOrFolder(given);
      const added = await session.withCore((client) =>
        client.sources.add({ url, kind, name, key, insecureHttp, allowPrivate }, { signal: session.signal }),
      );
      session.out.result(added, sourceFacts(added));
    }),
  );
}

function addSet(source: Command, host: CommandHost): void {
  const set = source
    .command('set <source>')
    .description('change what a catalogue is called, how often it is read, and your key for it')
    .option('--name <name>', 'what to call it')
    .option('--every <time>', 'how often it is read by itself: 30m, 6h, or never', everyMinutes)
    .option('--forget-key', 'forget your key for it');
  takeKey(set).action(
    host.action(async (session, given: string, options: SetOptions) => {
      const { name, every, forgetKey } = options;
      const key = forgetKey ? null : await givenKey(session, options);
      if (name === undefined && every === undefined && key === undefined) {
        throw new RushesError('USAGE', 'Say what to change: --name, --every, --key-stdin or --forget-key.');
      }
      const changed = await session.withCore(async (client) => {
        const { id } = await findSource(client, given);
        const minutes = every === undefined ? {} : { everyMinutes: every === 'never' ? null : every };
        return client.sources.update({ id, name, key, ...minutes });
      });
      session.out.result(changed, sourceFacts(changed));
    }),
  );
}

function takeKey(command: Command): Command {
  return command
    .option('--key <key>', 'your own key for it; others on this machine can read arguments')
    .option('--key-stdin', 'read your key from stdin, one line');
}

async function givenKey({ terminal }: Session, options: KeyOptions): Promise<string | undefined> {
  if (!options.keyStdin) return options.key;
  return readPassword(terminal, true, { name: 'key', option: '--key-stdin' });
}

/** A path as the core wants it; an address as it is. What is both is an address. */
function addressOrFolder(given: string): string {
  const isPath = /^(\.{0,2}[/\\]|\.{1,2}$|[a-z]:[/\\])/i.test(given);
  const isAddress = /^[a-z][a-z\d+.-]+:/i.test(given);
  return isPath || (!isAddress && existsSync(given)) ? absolutePath(given) : given;
}
