import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { ChildOptions, Order, Took } from './rushes-child.ts';

const here = (name: string): string => new URL(name, import.meta.url).pathname;

/** The server that all are measured against. */
export interface BenchServer {
  readonly port: number;
  close(): void;
}

/** Starts it in a process of its own, on loopback unless told; `tls` are files of a key and a certificate. */
export async function startServer(
  mebibytes: number,
  { host = '127.0.0.1', tls = [] }: { readonly host?: string; readonly tls?: readonly string[] } = {},
): Promise<BenchServer> {
  const args = [here('./static-server.ts'), String(mebibytes), host, ...tls];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    return { port: Number(line), close: () => void child.kill() };
  }
  throw new Error('The server did not start.');
}

/** A running engine. */
export interface Rushes {
  fetch(order: Order): Promise<Took>;
  close(): Promise<void>;
}

/** Starts the engine in a process of its own. */
export function startRushes(options: ChildOptions): Rushes {
  // With the flags that this process was given, which are those of the product.
  const args = [...process.execArgv, here('./rushes-child.ts'), JSON.stringify(options)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  return {
    fetch: async (order) => {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      const { done, value } = await lines.next();
      if (done) throw new Error('The engine ended.');
      return JSON.parse(value) as Took;
    },
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

/** Whether a program can be run here. */
export function isThere(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** Has the system write down what it still holds in memory; where there is no program for that, nothing. */
export async function settleDisk(): Promise<void> {
  if (isThere('sync')) await run(['sync'], '.');
}

/** Runs commands at once in a folder and waits for all of them; milliseconds. */
export async function timeCommands(commands: ReadonlyArray<readonly string[]>, dir: string): Promise<number> {
  const begun = performance.now();
  await Promise.all(commands.map((command) => run(command, dir)));
  return performance.now() - begun;
}

function run([program = '', ...args]: readonly string[], cwd: string): Promise<void> {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}.`)),
    );
  });
}
