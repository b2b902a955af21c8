import { openSync, closeSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from './tools.ts';

/** A process in a file system view of its own, which it and whoever follows it by its number can see. */
export interface OwnView {
  readonly pid: number;
}

/** What to start a program behind so that, for it alone, each folder is a small disk of its own. */
export function behindDisks(disks: ReadonlyArray<{ dir: string; options: string }>): string[] {
  const mounts = disks.map(({ dir, options }) => `mount -t tmpfs -o ${options} tmpfs '${dir}'`);
  return ['unshare', '-Urm', 'sh', '-c', `${mounts.join(' && ')} && exec "$@"`, 'sh'];
}

/** Where we find a path that only such a process sees. */
export function seenBy({ pid }: OwnView, path: string): string {
  return `/proc/${pid}/root${path}`;
}

/** Runs a program, for instance mount, as that process would. */
export function runBeside({ pid }: OwnView, program: string, ...args: readonly string[]): string {
  return mustRun('nsenter', '-t', String(pid), '-U', '-m', '--preserve-credentials', program, ...args);
}

const fillerName = 'filler';

/** Fills a folder's disk to the last byte with a file of its own. */
export function fillDisk(dir: string): void {
  const file = openSync(join(dir, fillerName), 'w');
  let step = 1024 * 1024;
  try {
    while (step >= 1) {
      try {
        if (writeSync(file, Buffer.alloc(step)) < step) step = Math.floor(step / 2);
      } catch {
        step = Math.floor(step / 2);
      }
    }
  } finally {
    closeSync(file);
  }
}

/** Gives the room back. */
export function freeDisk(dir: string): void {
  rmSync(join(dir, fillerName));
}
