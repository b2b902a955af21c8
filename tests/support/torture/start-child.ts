import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Download } from '../../../shared/contract/downloads.ts';
import type { ChildSetup, Order } from './child-protocol.ts';

const childFile = new URL('torture-child.ts', import.meta.url).pathname;
const patienceMs = 60_000;

/** How a process ended. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/** An engine in another process. */
export interface Child {
  readonly pid: number;
  /** Sets it up; resolves with what it found in its home. Null when it ended before it could say so. */
  ready(setup: ChildSetup): Promise<readonly Download[] | null>;
  /** Calls it. Null when it ended before it answered. */
  call(order: Order): Promise<unknown>;
  list(): Promise<readonly Download[] | null>;
  /** Asks again and again until a list is as wanted; fails after a minute, null when the process has ended. */
  until(holds: (downloads: readonly Download[]) => boolean): Promise<readonly Download[] | null>;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<ChildEnd>;
}

interface Said {
  readonly kind: 'loaded' | 'ready' | 'answer' | 'refused' | 'died';
  readonly n?: number;
  readonly value?: unknown;
  readonly error?: string;
  readonly downloads?: readonly Download[];
}

/** Starts a Node with the engine loaded and nothing begun, perhaps behind another program such as strace. */
export function startChild(behind: readonly string[] = [], flags: readonly string[] = []): Child {
  const command = [...behind, process.execPath, ...flags, childFile];
  const child = spawn(command[0] ?? process.execPath, command.slice(1), {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Types are stripped once for all children.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'rushes-torture-compiled') },
  });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const readyBox = Promise.withResolvers<readonly Download[] | null>();
  let calls = 0;
  let stderr = '';
  let isOver = false;
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = JSON.parse(line) as Said;
    if (said.kind === 'ready') readyBox.resolve(said.downloads ?? []);
    if (said.kind === 'died') stderr += said.error ?? '';
    const caller = waiting.get(said.n ?? 0);
    if (said.kind === 'answer') caller?.resolve(said.value);
    if (said.kind === 'refused') caller?.reject(new Error(said.error));
  });
  const ended = new Promise<ChildEnd>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      isOver = true;
      readyBox.resolve(null);
      for (const { resolve: answer } of waiting.values()) answer(null);
      resolve({ code, signal, stderr });
    });
  });
  const call = (order: Order): Promise<unknown> => {
    if (isOver) return Promise.resolve(null);
    calls++;
    const n = calls;
    return new Promise((resolve, reject) => {
      waiting.set(n, { resolve, reject });
      child.stdin.write(`${JSON.stringify({ ...order, n })}\n`);
    });
  };
  const list = async (): Promise<readonly Download[] | null> => {
    const answer = (await call({ verb: 'list' })) as { downloads: readonly Download[] } | null;
    return answer?.downloads ?? null;
  };
  return {
    pid: pidOf(child),
    ready: (setup) => {
      child.stdin.write(`${JSON.stringify(setup)}\n`);
      return readyBox.promise;
    },
    call,
    list,
    until: async (holds) => {
      const deadline = Date.now() + patienceMs;
      for (;;) {
        const downloads = await list();
        if (downloads === null || holds(downloads)) return downloads;
        if (Date.now() > deadline) throw new Error(`Waited in vain: ${JSON.stringify(downloads)} ${stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    },
    kill: (signal) => void child.kill(signal),
    ended,
  };
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('The process could not be started.');
  return child.pid;
}
