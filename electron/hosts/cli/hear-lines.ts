import { spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Calls `heard` for each line that comes in, until it is closed or the input ends. */
export function hearLines(input: NodeJS.ReadableStream, heard: () => void): { close(): void } {
  const reader = createInterface({ input });
  reader.on('line', heard);
  return { close: () => reader.close() };
}

/**
 * Whether this process may read from its terminal. One in the background (`npm start &`) would be stopped by the system
 * as soon as somebody types. Where that cannot be told, it may.
 */
export function isInForeground(): boolean {
  if (process.platform === 'win32') return true;
  const { status, stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(process.pid)], {
    encoding: 'utf8',
  });
  return status !== 0 || stdout.includes('+');
}
