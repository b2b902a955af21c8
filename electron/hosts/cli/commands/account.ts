import { Option, type Command } from 'commander';
import type { AccountStatus } from '../../../../shared/contract/account.ts';
import type { SourceId } from '../../../../shared/contract/values.ts';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import type { CommandHost } from '../command-host.ts';
import { findSource } from '../find-source.ts';
import { readPassword } from '../read-password.ts';
import type { CoreClient, Session } from '../session.ts';
import { durationText, facts } from '../text.ts';

interface AccountOptions {
  readonly source?: string;
  readonly email?: string;
  readonly code?: string;
  readonly passwordStdin?: boolean;
  readonly subscribe?: boolean;
  readonly unsubscribe?: boolean;
  readonly purpose?: 'register' | 'reset';
}

type Verb = (
  client: CoreClient,
  given: { sourceId: SourceId; options: AccountOptions; password: string },
) => Promise<AccountStatus>;

/** What a verb takes beside the source. */
type Takes = 'email' | 'code' | 'password' | 'subscription' | 'purpose';

/** `account …`: everything about the user's account with a source. Each verb answers where the user stands then. */
export function addAccountCommands(program: Command, host: CommandHost): void {
  const account = program.command('account').description('your account with a source');
  const add = (name: string, is: { about: string; takes: readonly Takes[] }, verb: Verb): void => {
    const command = account.command(name).description(is.about);
    command.option('--source <source>', 'id, name or address; not needed when there is one source');
    takeOptions(command, is.takes);
    command.action(
      host.action(async (session, options: AccountOptions) => {
        const status = await runVerb(session, { options, verb, takes: is.takes });
        session.out.result(accountDocument(status), accountLines(status));
      }),
    );
  };

  add('status', { about: 'where you stand', takes: [] }, (client, { sourceId }) =>
    client.account.status({ sourceId }),
  );
  add(
    'register',
    { about: 'make an account; a code comes by e-mail', takes: ['email', 'password', 'subscription'] },
    (client, { sourceId, options, password }) =>
      client.account.register({
        sourceId,
        email: needed(options.email, '--email'),
        password,
        newsletter: subscription(options),
      }),
  );
  add(
    'verify',
    { about: 'enter the code from the e-mail', takes: ['email', 'code'] },
    (client, { sourceId, options }) =>
      client.account.verify({ sourceId, email: options.email, code: needed(options.code, '--code') }),
  );
  add(
    'resend',
    { about: 'have a new code sent', takes: ['email', 'purpose'] },
    (client, { sourceId, options }) =>
      client.account.resend({ sourceId, email: options.email, purpose: options.purpose }),
  );
  add(
    'login',
    { about: 'sign in', takes: ['email', 'password'] },
    (client, { sourceId, options, password }) =>
      client.account.login({ sourceId, email: needed(options.email, '--email'), password }),
  );
  add('logout', { about: 'sign out', takes: [] }, (client, { sourceId }) =>
    client.account.logout({ sourceId }),
  );
  add(
    'reset-request',
    { about: 'have a code for a new password sent', takes: ['email'] },
    (client, { sourceId, options }) =>
      client.account.resetRequest({ sourceId, email: needed(options.email, '--email') }),
  );
  add(
    'reset-confirm',
    { about: 'set the new password', takes: ['email', 'code', 'password'] },
    (client, { sourceId, options, password }) =>
      client.account.resetConfirm({
        sourceId,
        email: options.email,
        code: needed(options.code, '--code'),
        password,
      }),
  );
  add(
    'newsletter',
    { about: 'subscribe or unsubscribe', takes: ['subscription'] },
    (client, { sourceId, options }) => {
      const subscribed = subscription(options);
      if (subscribed === undefined) throw new RushesError('USAGE', 'Say --subscribe or --unsubscribe.');
      return client.account.newsletter({ sourceId, subscribed });
    },
  );
}

function takeOptions(command: Command, takes: readonly Takes[]): void {
  if (takes.includes('email')) command.option('--email <email>', 'the e-mail address of the account');
  if (takes.includes('code')) command.option('--code <code>', 'the six digits from the e-mail');
  if (takes.includes('password')) {
    command.option('--password-stdin', 'read the password from stdin, one line');
  }
  if (takes.includes('subscription')) {
    command.option('--subscribe', 'have the newsletter');
    command.addOption(new Option('--unsubscribe', 'do not have the newsletter').conflicts('subscribe'));
  }
  if (takes.includes('purpose')) {
    command.addOption(
      new Option('--purpose <purpose>', 'what the code is for').choices(['register', 'reset']),
    );
  }
}

async function runVerb(
  session: Session,
  how: { options: AccountOptions; verb: Verb; takes: readonly Takes[] },
): Promise<AccountStatus> {
  const { options, verb, takes } = how;
  if (takes.includes('password') && !takes.includes('code')) needed(options.email, '--email');
  const password = takes.includes('password')
    ? await readPassword(session.terminal, options.passwordStdin ?? false)
    : '';
  return session.withCore(async (client) => {
    const { id } = await findSource(client, options.source);
    return verb(client, { sourceId: id, options, password });
  });
}

function subscription(options: AccountOptions): boolean | undefined {
  if (options.subscribe) return true;
  return options.unsubscribe ? false : undefined;
}

function needed(value: string | undefined, option: string): string {
  if (value === undefined) throw new RushesError('USAGE', `${option} is needed.`);
  return value;
}

/** The contract's status with the code's end as a script reads times. */
function accountDocument(status: AccountStatus) {
  const { code } = status;
  return {
    ...status,
    ...(code === null ? {} : { codeExpiresAt: new Date(code.expiresAtMs).toISOString() }),
  };
}

function accountLines(status: AccountStatus): string[] {
  const { code } = status;
  const wait =
    code === null ? null : `for ${code.purpose}, valid for another ${durationText(code.remainingMs)}`;
  const newsletter = status.newsletter === null ? null : status.newsletter ? 'subscribed' : 'not subscribed';
  return facts([
    ['state', status.state],
    ['e-mail', status.email],
    ['code sent', wait],
    ['newsletter', newsletter],
    ['reason', status.reason],
    ['demo mailbox', code === null ? null : status.mailbox],
  ]);
}
