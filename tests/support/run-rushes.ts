import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as z from 'zod';

const main = fileURLToPath(new URL('../../electron/hosts/cli/main.ts', import.meta.url));

/** A run that takes longer than this is ended, so that a test fails instead of hanging, in milliseconds. */
const longestRunMs = 90_000;

/** How a command line is run. */
export interface RunOptions {
  readonly home: string;
  /** What comes in on stdin; nothing when left out. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Ended when it takes longer than this, in milliseconds; usually a minute and a half. */
  readonly longestMs?: number;
  /** A command that runs the command, such as prlimit with its options. */
  readonly under?: readonly [string, ...string[]];
  /** The top of another checkout whose command line is run; this one unless told. */
  readonly checkout?: string;
}

/** What a command line came to. */
export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What stdout holds, when that is one JSON document; otherwise undefined. */
  readonly json: unknown;
}

/** A command line that is running. */
export interface Running {
  readonly child: ChildProcess;
  /** Waits until what has come out on one of the streams is as wanted; answers it. */
  seen(stream: 'stdout' | 'stderr', wanted: (text: string) => boolean): Promise<string>;
  ended(): Promise<Ran>;
  /** Sends a signal and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<Ran>;
}

/** Starts the command line in a process of its own. */
export function startRushes(args: readonly string[], options: RunOptions): Running {
  const script = options.checkout === undefined ? main : join(options.checkout, 'electron/hosts/cli/main.ts');
  const [command, ...before] = [...(options.under ?? []), process.execPath, script];
  const child = spawn(command, [...before, ...args], {
    env: { ...process.env, RUSHES_HOME: options.home, DISPLAY: '', WAYLAND_DISPLAY: '', ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const out = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      out[stream] += text;
    });
  }
  // A command that reads nothing may be gone before its input is written.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const limit = setTimeout(() => child.kill('SIGKILL'), options.longestMs ?? longestRunMs);
  const exit = once(child, 'close').finally(() => clearTimeout(limit));

  const ended = async (): Promise<Ran> => {
    const [code, signal] = (await exit) as [number | null, NodeJS.Signals | null];
    return { code, signal, ...out, json: parsed(out.stdout) };
  };
  return {
    child,
    ended,
    seen: async (stream, wanted) => {
      while (!wanted(out[stream])) {
        const gone = await Promise.race([
          once(child[stream], 'data').then(() => false),
          exit.then(() => true),
        ]);
        if (gone && !wanted(out[stream]))
          throw new Error(`the command ended before: ${out.stdout}${out.stderr}`);
      }
      return out[stream];
    },
    stop: async (signal) => {
      child.kill(signal);
      return ended();
    },
  };
}

/** Runs the command line to its end. */
export function runRushes(args: readonly string[], options: RunOptions): Promise<Ran> {
  return startRushes(args, options).ended();
}

/** Runs the command line with --json, which has to succeed, and answers its document as the schema has it. */
export async function rushesJson<T extends z.ZodType>(
  args: readonly string[],
  schema: T,
  options: RunOptions,
): Promise<z.infer<T>> {
  const ran = await runRushes([...args, '--json'], options);
  if (ran.code !== 0) throw new Error(`rushes ${args.join(' ')} ended with ${ran.code}: ${ran.stderr}`);
  return schema.parse(ran.json);
}

/** The error that a run with --json has told on stderr. */
export function toldError(ran: Ran): { code: string; message: string; hint: string } {
  const line = ran.stderr.trim().split('\n').at(-1) ?? '';
  return (parsed(line) as { error: { code: string; message: string; hint: string } }).error;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
