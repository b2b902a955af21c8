import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { runCommandLine } from '../../../../electron/hosts/cli/run-command-line.ts';

interface Told {
  readonly error: { readonly code: string; readonly message: string; readonly hint: string };
}

/** Runs with --json in this process; nothing here gets as far as a home. */
async function run(args: readonly string[]) {
  const written = { stdout: '', stderr: '' };
  const sink = (stream: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      written[stream] += text;
    },
  });
  const code = await runCommandLine(args, {
    stdin: Readable.from([]),
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    env: { RUSHES_HOME: '/nowhere' },
    signal: new AbortController().signal,
  });
  return { code, ...written };
}

async function failure(args: readonly string[]) {
  const { code: exit, stdout, stderr } = await run([...args, '--json']);
  return { exit, stdout, ...(JSON.parse(stderr) as Told).error };
}

describe('a command line that is not understood', () => {
  it.each([
    ['an unknown command', ['serch', 'quay'], 'Did you mean search?'],
    ['an unknown command of a group', ['downloads', 'resum'], 'Did you mean resume?'],
    ['a command of later work', ['export', 'all'], "Unknown command 'export'"],
    ['an unknown option', ['sync', '--al'], "Unknown option '--al'"],
    ['a missing argument', ['download'], "Missing required argument 'asset'"],
    ['one argument too many', ['undo', 'twice'], 'Too many arguments'],
    ['no command', [], 'No command was given'],
    ['no command of a group', ['account'], 'No command was given'],
    ['a rating of nine', ['tag', 'x', '--rating', '9'], 'whole number from 0 to 5'],
    ['a day that does not exist', ['tag', 'x', '--day', '2026-02-30'], 'day that exists'],
    ['nothing to tag', ['tag', 'x'], 'Say what to change'],
    ['a header without a name', ['get', 'https://x.example/a', '--header', 'oops'], 'Name: value'],
    ['half a hash', ['get', 'https://x.example/a', '--sha256', 'abc'], '64 hexadecimal digits'],
    ['a password as an argument', ['account', 'login', '--password', 'x'], "Unknown option '--password'"],
    ['a login without an address', ['account', 'login', '--password-stdin'], '--email is needed'],
    [
      'no password',
      ['account', 'login', '--email', 'a@b.example', '--password-stdin'],
      'No password came in',
    ],
    ['no way to give the password', ['account', 'login', '--email', 'a@b.example'], 'password is needed'],
  ])('ends with 2 and one sentence: %s', async (_what, args, sentence) => {
    const told = await failure(args);
    expect(told).toMatchObject({ exit: 2, code: 'USAGE', stdout: '' });
    expect(told.message).toContain(sentence);
    expect(told.message).not.toContain('\n');
    expect(told.hint).not.toBe('');
  });
});

describe('help', () => {
  it.each([[['--help']], [['help', 'download']], [['account', '--help']], [['--version']]])(
    'goes to stdout with 0: %j',
    async (args) => {
      const shown = await run(args);
      expect(shown).toMatchObject({ code: 0, stderr: '' });
      expect(shown.stdout).not.toBe('');
    },
  );

  it('goes to stderr with 2 where a command is missing', async () => {
    const shown = await run(['downloads']);
    expect(shown).toMatchObject({ code: 2, stdout: '' });
    expect(shown.stderr).toContain('Usage: rushes downloads');
  });
});
