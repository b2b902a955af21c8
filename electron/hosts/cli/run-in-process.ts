import { diskError } from '../../core/files/disk-error.ts';
import { runCommandLine, tellFault } from './run-command-line.ts';

/** How long something left behind may keep the process alive after its work is done, in milliseconds. */
const graceMs = 3000;

/** Runs the command line with this process's streams and signals, and sets its exit code. */
export async function runInProcess(argv: readonly string[]): Promise<void> {
  const interrupt = new AbortController();
  const onSignal = (): void => interrupt.abort();
  // Once: a second Ctrl-C ends the process at once, which the databases and the part files are made for.
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  for (const stream of [process.stdout, process.stderr]) {
    // The reader of a pipe may go before the end (`| head`); that is no failure.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      // What cannot be told on stderr is told by the exit code alone.
      const sink = stream === process.stdout ? process.stderr : { write: () => true };
      const lost = diskError(error, 'The result could not be written.') ?? error;
      process.exit(tellFault(lost, argv.includes('--json'), sink));
    });
  }
  process.exitCode = await runCommandLine(argv, {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    signal: interrupt.signal,
  });
  process.off('SIGINT', onSignal);
  process.off('SIGTERM', onSignal);
  setTimeout(() => process.exit(), graceMs).unref();
}
