import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { interruptedError } from './interrupt.ts';
import type { Terminal } from './terminal.ts';

/**
 * Reads a password: one line of stdin, typed without echo on a terminal. It is never taken from the arguments, where
 * other users of the machine could read it.
 *
 * @throws RushesError USAGE when there is no terminal and --password-stdin was not given.
 */
export async function readPassword(terminal: Terminal, fromStdin: boolean): Promise<string> {
  const typed = terminal.stdin.isTTY ?? false;
  if (!typed && !fromStdin) {
    throw new RushesError('USAGE', 'The password is needed.', {
      hint: 'Give it on stdin with --password-stdin: it is not taken as an argument.',
    });
  }
  if (typed) terminal.stderr.write('Password: ');
  const line = await readLine(terminal, typed).finally(() => typed && terminal.stderr.write('\n'));
  if (line === null || line === '') throw new RushesError('USAGE', 'No password came in on stdin.');
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
