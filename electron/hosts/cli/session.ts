import { isAbsolute, resolve } from 'node:path';
import type { Core } from '../../core/create-core.ts';
import { homeFolder } from '../home-folder.ts';
import { openCore } from '../open-core.ts';
import { readVersion } from '../version.ts';
import { interruptedError } from './interrupt.ts';
import { createOutput, type Output } from './output.ts';
import { createProgress, progressMode, type Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';

/** The core as a command calls it. */
export type CoreClient = Core['client'];

/** What every command may be told. */
export interface CommonOptions {
  readonly home?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly progress?: 'json';
}

/** What a command works with. */
export interface Session {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly out: Output;
  readonly progress: Progress;
  readonly version: string;
  /** The home that was asked for; null when the platform's is meant. */
  readonly givenHome: string | null;
  readonly home: string;
  /**
   * Asks a core of this home and closes it whatever happens. The queue stands meanwhile: to look at it must not move it.
   *
   * Ends early with CANCELLED when the user interrupts; the core's close keeps what was done.
   */
  readonly withCore: <T>(work: (client: CoreClient) => Promise<T>) => Promise<T>;
  /** The same with a core that works off its queue, for the commands that are the engine. */
  readonly withWorkingCore: <T>(work: (client: CoreClient) => Promise<T>) => Promise<T>;
}

/** Makes the session of one command. */
export function createSession(terminal: Terminal, options: CommonOptions): Session {
  const { signal, env } = terminal;
  const json = options.json ?? false;
  const quiet = options.quiet ?? false;
  const home = homeFolder(options.home, env);
  const version = readVersion();
  const runOn = async <T>(still: boolean, work: (client: CoreClient) => Promise<T>): Promise<T> => {
    const core = await openCore({ home, door: 'cli', version, still });
    try {
      return await untilInterrupted(work(core.client), signal);
    } finally {
      await core.close();
    }
  };
  const mode = progressMode({
    progress: options.progress,
    json,
    quiet,
    isTTY: terminal.stderr.isTTY ?? false,
  });
  return {
    terminal,
    signal,
    version,
    home,
    givenHome: (options.home ?? env['RUSHES_HOME']) ? home : null,
    out: createOutput(terminal, { json, quiet }),
    progress: createProgress(terminal.stderr, mode),
    withCore: (work) => runOn(true, work),
    withWorkingCore: (work) => runOn(false, work),
  };
}

/** A path from the command line, as the core wants it: absolute. */
export function absolutePath(given: string): string {
  return isAbsolute(given) ? given : resolve(given);
}

function untilInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((settle, reject) => {
    const onAbort = (): void => reject(interruptedError());
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(settle, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
