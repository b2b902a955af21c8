import { spawn } from 'node:child_process';

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a TypeScript file in a Node of its own, perhaps behind another program such as prlimit. */
export function runChild(
  file: URL,
  args: readonly string[],
  options: { readonly behind?: readonly string[]; readonly killWhen?: () => boolean } = {},
): Promise<Ended> {
  const [program, ...rest] = [...(options.behind ?? []), process.execPath, file.pathname, ...args];
  const child = spawn(program ?? process.execPath, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const watch = setInterval(() => {
    if (options.killWhen?.()) child.kill('SIGKILL');
  }, 5);
  const limit = setTimeout(() => child.kill('SIGKILL'), 30_000);
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearInterval(watch);
      clearTimeout(limit);
    };
    child.on('error', (error) => {
      end();
      reject(error);
    });
    child.on('close', (code, signal) => {
      end();
      resolve({ code, signal, stdout, stderr });
    });
  });
}
