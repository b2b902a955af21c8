import { CommanderError } from 'commander';
import { createProgram } from './create-program.ts';
import { faultLines, toFault } from './fault.ts';
import type { Sink, Terminal } from './terminal.ts';
import { plainText } from './text.ts';

/** Runs one command line to its end and answers the exit code. Never rejects. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<number> {
  const json = argv.includes('--json');
  try {
    await createProgram(terminal, json).parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander ends this way too after it has shown help or the version that was asked for.
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    return tellFault(namesNoCommand(error) ? missingCommand() : error, json, terminal.stderr);
  }
}

/** Writes an error in the form that was asked for and answers the exit code for it. */
export function tellFault(error: unknown, json: boolean, sink: Sink): number {
  const fault = toFault(error);
  const { code, message, hint, detail } = fault;
  if (json) sink.write(`${JSON.stringify({ error: { code, message, hint, detail } })}\n`);
  else for (const line of faultLines(fault)) sink.write(`${plainText(line)}\n`);
  return fault.exit;
}

function namesNoCommand(error: unknown): boolean {
  return error instanceof CommanderError && error.code === 'commander.help';
}

function missingCommand(): CommanderError {
  return new CommanderError(2, 'commander.missingCommand', 'error: no command was given');
}
