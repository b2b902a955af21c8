import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { availableParallelism, constants, setPriority } from 'node:os';
import { Writable } from 'node:stream';
import Ffmpeg from 'fluent-ffmpeg';
import type { Log, MediaTools } from '../ports.ts';
import { MediaFault } from './media-fault.ts';
import type { FfmpegRunner, MediaJob, RunLimits, RunResult } from './media-job.ts';
import { createPrivateDir } from './private-dir.ts';
import { superviseChild, type Supervised } from './supervise-child.ts';
import { createTurns } from './turns.ts';

/*
 * The only file that starts ffmpeg or ffprobe. ffmpeg goes through fluent-ffmpeg; ffprobe is started directly, because
 * fluent-ffmpeg's ffprobe() can be given neither an environment nor a time limit and cannot be ended.
 */

/** What the runner needs. `maxParallel` is the number of cores unless told: more at once gain nothing. */
export interface FfmpegRunnerDeps {
  readonly tools: MediaTools;
  readonly log: Log;
  readonly maxParallel?: number;
}

/** Takes a process over in the same tick that started it: a later one would miss the news that it could not start. */
type Adopt = (child: ChildProcess) => Supervised;
type StartTool = (options: SpawnOptions, adopt: Adopt) => Promise<Supervised> | Supervised;

/** Starts the one runner of a core. */
export function createFfmpegRunner(deps: FfmpegRunnerDeps): FfmpegRunner {
  const turns = createTurns(Math.max(1, deps.maxParallel ?? availableParallelism()));
  const dir = createPrivateDir();
  const active = new Set<Promise<RunResult>>();
  let started = 0;
  const closing = new AbortController();

  async function inTurn(start: StartTool, limits: RunLimits): Promise<RunResult> {
    const stop =
      limits.signal === undefined ? closing.signal : AbortSignal.any([limits.signal, closing.signal]);
    const giveBack = await turns.take(stop).catch(() => {
      throw new MediaFault('cancelled', 'cancelled before it started');
    });
    started += 1;
    try {
      const supervised = await start(spawnOptions(await dir.path()), (child) => {
        lowerPriority(child);
        return superviseChild(child, { ...limits, signal: stop });
      });
      return await supervised.result;
    } finally {
      started -= 1;
      giveBack();
    }
  }

  async function runJob(job: MediaJob, limits: RunLimits): Promise<RunResult> {
    const tool = toolPath(deps.tools.ffmpegPath, 'ffmpeg');
    return inTurn(async (options, adopt) => {
      const lists: string[] = [];
      const tidy = async (): Promise<void> => {
        await Promise.all(lists.map((list) => dir.remove(list)));
      };
      try {
        const sources: string[] = [];
        for (const { source } of job.inputs) {
          if (source.kind === 'list') lists.push(await dir.write(source.text));
          sources.push(fileUrl(source.kind === 'list' ? (lists.at(-1) ?? '') : source.path));
        }
        const supervised = await startFfmpeg({ tool, job, sources, adopt }, options);
        return { result: finished(supervised.result, tidy) };
      } catch (error) {
        await tidy();
        throw error;
      }
    }, limits);
  }

  async function runProbe(args: readonly string[], limits: RunLimits): Promise<RunResult> {
    const tool = toolPath(deps.tools.ffprobePath, 'ffprobe');
    return inTurn((options, adopt) => adopt(spawn(tool, [...args], options)), limits);
  }

  /** Remembers a run until it has ended and tidied up, so that closing can wait for it. */
  function tracked(work: Promise<RunResult>): Promise<RunResult> {
    active.add(work);
    const forget = (): void => void active.delete(work);
    work.then(forget, forget);
    return work;
  }

  return {
    run: (job, limits = {}) => tracked(runJob(job, limits)),
    runProbe: (args, limits = {}) => tracked(runProbe(args, limits)),
    running: () => started,
    async close() {
      if (started > 0) deps.log.info('ending media processes', { count: started });
      closing.abort();
      await Promise.allSettled(active);
      await dir.close();
    },
  };
}

/** The version a tool reports (`6.1.1`, `N-47683-g0e8eb07980-static`); null when it does not run. */
export async function readToolVersion(path: string): Promise<string | null> {
  try {
    const child = spawn(path, ['-hide_banner', '-version'], spawnOptions(undefined));
    const { stdout } = await superviseChild(child, { timeoutMs: 5000 }).result;
    return /^\w+ version (\S+)/.exec(stdout.toString('utf8'))?.[1] ?? null;
  } catch {
    return null;
  }
}

/** The address form that no name can escape from: without it `-i.mp4` is an option and `concat:a|b` a protocol. */
export function fileUrl(path: string): string {
  if (path.includes('\0')) throw new MediaFault('refused', 'the path holds a NUL character');
  return `file:${path}`;
}

async function finished(result: Promise<RunResult>, tidy: () => Promise<void>): Promise<RunResult> {
  try {
    return await result;
  } finally {
    await tidy();
  }
}

function toolPath(path: string | null, name: string): string {
  if (path === null) throw new MediaFault('missing-tool', `${name} was not found`);
  return path;
}

function spawnOptions(cwd: string | undefined): SpawnOptions {
  const windows = process.platform === 'win32';
  const { SystemRoot } = process.env;
  return {
    ...(cwd === undefined ? {} : { cwd }),
    env: {
      // Nothing of ours reaches the tool: no proxy, no token, no library path.
      LC_ALL: 'C',
      // A static build that loads the system's character tables crashes when its libc is another one: every MPEG
      // transport stream then ends in SIGSEGV. It does without them when there are none.
      GCONV_PATH: '/dev/null',
      ...(windows && SystemRoot !== undefined ? { SystemRoot } : {}),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that ending it ends whatever it started.
    detached: !windows,
    windowsHide: true,
  };
}

function lowerPriority(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has already ended, or the system does not let us: the work is the same, only less polite.
  }
}

type OnSpawn = (child: ChildProcess, stdout: unknown, stderr: unknown) => void;
type OnEnd = (error: Error | null, stdout?: unknown, stderr?: unknown) => void;

// oxlint-disable no-underscore-dangle -- fluent-ffmpeg's own names

/** The parts of fluent-ffmpeg 2.1.3 that its types do not show. The version is pinned and the project archived. */
interface FluentInternals {
  _spawnFfmpeg(args: string[], options: SpawnOptions, onSpawn: OnSpawn, onEnd: OnEnd): void;
  _checkCapabilities(done: (error: Error | null) => void): void;
  availableEncoders(done: (error: Error | null, encoders: Record<string, never>) => void): void;
}

/**
 * Starts ffmpeg through fluent-ffmpeg, with our own spawn options.
 *
 * Four quirks of it are met here. It asks ffmpeg for formats and encoders first: two processes for what our fixed
 * arguments never need. It keeps the tool's path for the whole process: set again right before each start. It splits
 * options at a space unless they come as separate arguments. And when the program cannot be started, its own handler
 * throws where nobody can catch it, so that end is taken from it.
 */
async function startFfmpeg(
  start: { tool: string; job: MediaJob; sources: readonly string[]; adopt: Adopt },
  options: SpawnOptions,
): Promise<Supervised> {
  const command = Ffmpeg({ stdoutLines: 100 });
  start.job.inputs.forEach((input, index) => {
    command.input(start.sources[index] ?? '').inputOptions(...input.options, '-nostats');
  });
  // superviseChild reads stdout; fluent-ffmpeg only needs to know that the output is no file.
  const sink = new Writable({
    emitClose: false,
    autoDestroy: false,
    write: (_chunk, _encoding, done) => done(),
  });
  command.output(sink).outputOptions(...start.job.outputOptions);

  return new Promise((resolve, reject) => {
    const internals = command as unknown as FluentInternals;
    const original = internals._spawnFfmpeg.bind(command);
    internals._checkCapabilities = (done) => done(null);
    internals.availableEncoders = (done) => done(null, {});
    internals._spawnFfmpeg = (...asked) => {
      const [args, , onSpawn, onEnd] = asked;
      try {
        command.setFfmpegPath(start.tool);
        original(
          args,
          options,
          (child, stdout, stderr) => {
            resolve(start.adopt(child));
            onSpawn(child, stdout, stderr);
          },
          (error, stdout, stderr) => {
            if (stdout !== undefined) onEnd(error, stdout, stderr);
          },
        );
      } catch (error) {
        reject(new MediaFault('missing-tool', String(error)));
      }
    };
    command.on('error', (error: Error) => reject(new MediaFault('failed', error.message)));
    command.run();
  });
}
