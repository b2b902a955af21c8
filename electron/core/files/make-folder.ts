import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode } from './file-fault.ts';

/**
 * Makes a folder and those above it that are missing, each with `mode`; what is there already stays as it is.
 *
 * One step at a time: Node's own `recursive` never returns where a file system denies a folder with ENOENT although
 * the one above it is there, as /proc does (https://github.com/nodejs/node/issues/27198).
 *
 * @throws The error of the file system; ENOTDIR where something else is in the way.
 */
export async function makeFolder(path: string, mode = 0o777): Promise<void> {
  const missing: string[] = [];
  for (let at = path; !(await isThere(at)); at = dirname(at)) missing.unshift(at);
  for (const one of missing) {
    try {
      await mkdir(one, { mode });
    } catch (error) {
      // Another process may have been quicker; a link to nowhere is "there" too, and fails at the check below.
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  }
  if (!(await stat(path)).isDirectory()) {
    throw Object.assign(new Error(`ENOTDIR: not a directory, mkdir '${path}'`), {
      code: 'ENOTDIR',
      syscall: 'mkdir',
    });
  }
}

async function isThere(path: string): Promise<boolean> {
  if (path === dirname(path)) return true;
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}
