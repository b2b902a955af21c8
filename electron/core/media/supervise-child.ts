import type { ChildProcess } from 'node:child_process';
import { MediaFault } from './media-fault.ts';
import type { RunLimits, RunResult } from './media-job.ts';

const defaultTimeoutMs = 15_000;
const defaultMaxOutputBytes = 1024 * 1024;
/** More complaints than this mean a broken file or a hostile one. */
const maxStderrBytes = 1024 * 1024;
const stderrTailBytes = 64 * 1024;
/** How long an ended process may keep its pipes open before it is given up. */
const graceMs = 2000;

/** A process within limits. */
export interface Supervised {
  readonly result: Promise<RunResult>;
}

/**
 * Collects what a started process says and ends it, with its whole group, when it breaks a limit.
 *
 * The exit is taken from `close`, not `exit`: only then has all of stdout arrived.
 */
export function superviseChild(child: ChildProcess, limits: RunLimits): Supervised {
  const said: Buffer[] = [];
  const complaints = createTail(stderrTailBytes);
  let saidBytes = 0;
  let fault: MediaFault | null = null;
  let grace: NodeJS.Timeout | undefined;

  const result = new Promise<RunResult>((resolve, reject) => {
    const end = (reason: MediaFault): void => {
      if (fault !== null) return;
      fault = reason;
      killGroup(child);
      grace = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        finish(() => reject(reason));
      }, graceMs);
    };
    const onAbort = (): void => end(new MediaFault('cancelled', 'cancelled'));
    const timeoutMs = limits.timeoutMs ?? defaultTimeoutMs;
    const timer = setTimeout(() => end(new MediaFault('timeout', `no end after ${timeoutMs} ms`)), timeoutMs);
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      clearTimeout(grace);
      limits.signal?.removeEventListener('abort', onAbort);
      settle();
    };

    child.stdout?.on('data', (chunk: Buffer) => {
      saidBytes += chunk.length;
      if (saidBytes <= (limits.maxOutputBytes ?? defaultMaxOutputBytes)) said.push(chunk);
      else
        end(
          new MediaFault(
            'refused',
            `more than ${limits.maxOutputBytes ?? defaultMaxOutputBytes} bytes of output`,
          ),
        );
    });
    child.stderr?.on('data', (chunk: Buffer | string) => {
      if (complaints.add(chunk) > maxStderrBytes) end(new MediaFault('refused', 'flooded its error output'));
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      const missing = ['ENOENT', 'EACCES', 'ENOEXEC'].includes(error.code ?? '');
      finish(() => reject(fault ?? new MediaFault(missing ? 'missing-tool' : 'failed', error.message)));
    });
    child.once('close', (code, signal) => {
      const stderrTail = complaints.text();
      finish(() => {
        if (fault !== null) reject(fault);
        else if (code === 0) resolve({ stdout: Buffer.concat(said), stderrTail });
        else reject(exitFault(code, signal, stderrTail));
      });
    });
    if (limits.signal?.aborted === true) onAbort();
    else limits.signal?.addEventListener('abort', onAbort, { once: true });
  });
  return { result };
}

function exitFault(code: number | null, signal: NodeJS.Signals | null, stderrTail: string): MediaFault {
  const lines = stderrTail.split('\n').filter((line) => line.trim() !== '');
  const guarded = lines.find((line) => /not on whitelist|Unsafe file name/.test(line));
  if (guarded !== undefined) return new MediaFault('refused', guarded);
  const last = lines.at(-1) ?? '';
  const how = signal === null ? `exit code ${code}` : `ended by ${signal}`;
  return new MediaFault('failed', last === '' ? how : `${how}: ${last}`);
}

function killGroup(child: ChildProcess): void {
  if (child.pid !== undefined && process.platform !== 'win32') {
    try {
      process.kill(-child.pid, 'SIGKILL');
      return;
    } catch {
      // No group of that number: it was not started detached, or is gone.
    }
  }
  child.kill('SIGKILL');
}

/** Keeps the end of what is added; `add` returns how many bytes there were in all. */
function createTail(keepBytes: number): { add(chunk: Buffer | string): number; text(): string } {
  let tail = '';
  let total = 0;
  return {
    add(chunk) {
      total += chunk.length;
      tail = (tail + chunk.toString()).slice(-keepBytes);
      return total;
    },
    text: () => tail,
  };
}
