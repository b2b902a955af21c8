import type { Terminal } from './terminal.ts';
import { plainText } from './text.ts';

/** Where a command's results go. */
export interface Output {
  readonly json: boolean;
  /** The result: the one JSON document, or lines for people. */
  result(document: unknown, lines: readonly string[]): void;
  /** A line for people beside the result, on stderr; silent with --quiet and --json. */
  note(line: string): void;
}

/** Writes results in the form that was asked for. */
export function createOutput(terminal: Terminal, how: { json: boolean; quiet: boolean }): Output {
  return {
    json: how.json,
    result: (document, lines) => {
      if (how.json) terminal.stdout.write(`${JSON.stringify(document)}\n`);
      else if (!how.quiet) for (const line of lines) terminal.stdout.write(`${plainText(line)}\n`);
    },
    note: (line) => {
      if (!how.json && !how.quiet) terminal.stderr.write(`${plainText(line)}\n`);
    },
  };
}
