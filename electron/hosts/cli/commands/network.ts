import { Option, type Command } from 'commander';
import type { NetworkStatus } from '../../../../shared/contract/network.ts';
import type { ProxySettings } from '../../../../shared/contract/system.ts';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { CommandHost } from '../command-host.ts';
import { readPassword } from '../read-password.ts';
import { absolutePath } from '../session.ts';
import { columns, facts } from '../text.ts';

interface PasswordOptions {
  readonly passwordStdin?: boolean;
  readonly forget?: boolean;
}

interface SetOptions {
  readonly mode?: ProxySettings['mode'];
  readonly proxy?: string;
  readonly bypass?: string;
  readonly script?: string;
  readonly user?: string;
  readonly certificates?: string;
}

/** `network …`: which way addresses go, whether that way works, and the password of the proxy. */
export function addNetworkCommands(program: Command, host: CommandHost): void {
  const network = program.command('network').description('the way out of the house: proxy and certificates');
  network
    .command('status')
    .argument('[url]', 'say also which way this address goes')
    .description('how it stands')
    .action(
      host.action(async ({ out, withCore }, url: string | undefined) => {
        const status = await withCore((client) => client.network.status(url === undefined ? {} : { url }));
        out.result(status, statusLines(status));
      }),
    );
  addSetCommand(network, host);
  network
    .command('test')
    .argument('<url>', 'an http or https address')
    .description('ask an address once, as a download would, and say what works')
    .action(
      host.action(async ({ out, withCore, signal }, url: string) => {
        const report = await withCore((client) => client.network.test({ url }, { signal }));
        const marks = { ok: 'ok', warning: 'WARNING', problem: 'PROBLEM' } as const;
        const lines = report.steps.flatMap(({ name, state, value, hint }) => [
          [marks[state], name, value],
          ...(hint === undefined ? [] : [['', '', hint]]),
        ]);
        out.result({ url, ...report }, columns(lines));
        if (!report.ok) {
          throw new RushesError('NETWORK_UNAVAILABLE', 'That address cannot be reached.', {
            hint: 'The steps say what to do about it.',
          });
        }
      }),
    );
  network
    .command('proxy-password')
    .description('give the password of the proxy; it is kept sealed')
    .option('--password-stdin', 'read the password from stdin, one line')
    .option('--forget', 'forget it instead')
    .action(
      host.action(async ({ out, withCore, terminal }, options: PasswordOptions) => {
        const password = options.forget ? null : await readPassword(terminal, options.passwordStdin ?? false);
        const status = await withCore((client) => client.network.setProxyPassword({ password }));
        out.result(status, statusLines(status));
      }),
    );
}

/** What is not given stays as it is. */
function addSetCommand(network: Command, host: CommandHost): void {
  network
    .command('set')
    .description('say how to get out')
    .addOption(
      new Option('--mode <mode>', 'where the proxy comes from').choices(['system', 'none', 'manual', 'pac']),
    )
    .option('--proxy <url>', 'for manual: http://host:port or https://host:port')
    .option('--bypass <list>', 'for manual: hosts that are reached straight, in the form of NO_PROXY')
    .option('--script <place>', 'for pac: the address or file of the script')
    .option('--user <name>', 'what the proxy is told when it asks; the password is given by proxy-password')
    .option(
      '--certificates <file>',
      'PEM file of authorities to believe beside those of the system; "" for none',
    )
    .action(
      host.action(async ({ out, withCore }, options: SetOptions) => {
        const status = await withCore(async (client) => {
          const { proxy } = await client.settings.get({});
          const { mode, certificates } = options;
          await client.settings.set({
            proxy: {
              mode: mode ?? proxy.mode,
              url: options.proxy ?? proxy.url,
              bypass: options.bypass ?? proxy.bypass,
              pacUrl: options.script ?? proxy.pacUrl,
              user: options.user ?? proxy.user,
            },
            ...(certificates === undefined
              ? {}
              : { certificateFile: certificates === '' ? '' : absolutePath(certificates) }),
          });
          return client.network.status({});
        });
        out.result(status, statusLines(status));
      }),
    );
}

function statusLines({
  summary,
  hasPassword,
  hops,
  problem,
  certificates,
  lastFault,
}: NetworkStatus): string[] {
  const ways = hops?.map(({ url }) => url ?? 'straight').join(', then ') ?? null;
  const added = certificates.file === '' ? '' : `, ${certificates.added} added from ${certificates.file}`;
  return facts([
    ['proxy', summary],
    ['password', hasPassword ? 'kept' : 'none'],
    ['way', ways === '' ? null : ways],
    ['problem', problem],
    ['certificates', `${certificates.trusted} authorities${added}`],
    ['', certificates.problem],
    ['last failure', lastFault?.message ?? null],
  ]);
}
