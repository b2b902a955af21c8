import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { interruptedError } from './interrupt.ts';
import type { Terminal } from './terminal.ts';

/** What is asked for, and the option by which it is given on stdin. */
export interface SecretWish {
  readonly name: string;
  readonly option: string;
}

const aPassword: SecretWish = { name: 'password', option: '--password-stdin' };

/**
 * Reads a password: one line of stdin, typed without echo on a terminal. It is never taken from the arguments, where
 * other users of the machine could read it.
 *
 * @throws RushesError USAGE when there is no terminal and it was not said that it comes on stdin.
 */
export async function readPassword(
  terminal: Terminal,
  fromStdin: boolean,
  { name, option }: SecretWish = aPassword,
): Promise<string> {
  const typed = terminal.stdin.isTTY ?? false;
  if (!typed && !fromStdin) {
    throw new RushesError('USAGE', `The ${name} is needed.`, {
      hint: `Give it on stdin with ${option}: it is not taken as an argument.`,
    });
  }
  if (typed) terminal.stderr.write(`${name[0]?.toUpperCase()}${name.slice(1)}: `);
  const line = await readLine(terminal, typed).finally(() => typed && terminal.stderr.write('\n'));
  if (line === null || line === '') throw new RushesError('USAGE', `No ${name} came in on stdin.`);
  return line;
}

function readLine(terminal: Terminal, typed: boolean): Promise<string | null> {
  // In terminal mode readline switches the echo off and writes what is typed to `output`, which swallows it.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: terminal.stdin, output: nowhere, terminal: typed });
  return new Promise((resolve, reject) => {
    reader.once('line', (line) => {
      resolve(line);
      reader.close();
    });
    reader.once('close', () => resolve(null));
    // In raw mode Ctrl-C arrives as a key, not as a signal.
    reader.once('SIGINT', () => {
      reject(interruptedError());
      reader.close();
    });
  });
}
