import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { isFileError } from '../../files/file-fault.ts';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';

/** Folders lie in one another no deeper than this: agencies sort by day or by service. */
const deepest = 8;

/** Files that are looked at side by side; one by one, a network drive takes a round trip each. */
const atOnce = 32;

const itemExtensions: ReadonlySet<string> = new Set(['.json', '.xml', '.ninjs', '.newsml', '.g2']);

/** A file an agency's software has written, by its path below the folder with `/` between names. */
export interface FolderFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** UTC milliseconds by the clock of the drive. */
  readonly modifiedAtMs: number;
  /** Stands for this content of the file, without reading it: name, size, and when it was written and put there. */
  readonly mark: string;
}

/** What lies in the folder: the files with items, and the names of all others. */
export interface FolderScan {
  readonly items: readonly FolderFile[];
  readonly others: ReadonlySet<string>;
}

/**
 * Looks through the folder and what lies below it. Links are not followed and hidden names are left out.
 *
 * @throws RushesError SOURCE_UNAVAILABLE when a folder cannot be read; CANCELLED.
 */
export async function scanFolder(folder: string, signal: AbortSignal): Promise<FolderScan> {
  const names: string[] = [];
  const others = new Set<string>();
  const pending = [{ path: folder, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (signal.aborted) throw new RushesError('CANCELLED', 'Cancelled.');
    for (const entry of await entriesOf(next.path)) {
      if (entry.name.startsWith('.')) continue;
      const path = join(next.path, entry.name);
      if (entry.isDirectory() && next.depth < deepest) pending.push({ path, depth: next.depth + 1 });
      else if (entry.isFile()) {
        if (isItemName(entry.name)) names.push(path);
        else others.add(nameBelow(folder, path));
      }
    }
  }
  const items: FolderFile[] = [];
  for (let at = 0; at < names.length; at += atOnce) {
    if (signal.aborted) throw new RushesError('CANCELLED', 'Cancelled.');
    const found = await Promise.all(names.slice(at, at + atOnce).map((path) => lookAt(folder, path)));
    items.push(...found.filter((file) => file !== null));
  }
  return { items, others };
}

/** What is known of one file; null when it is gone. */
export async function lookAt(folder: string, path: string): Promise<FolderFile | null> {
  const facts = await lstat(path).catch(() => null);
  if (facts === null || !facts.isFile()) return null;
  const name = nameBelow(folder, path);
  // The time of writing alone misses a file that is moved here from elsewhere, which keeps it.
  const said = `${name}\n${facts.size}\n${facts.mtimeMs}\n${facts.ctimeMs}`;
  return {
    name,
    sizeBytes: facts.size,
    modifiedAtMs: Math.trunc(facts.mtimeMs),
    mark: createHash('sha256').update(said).digest('hex').slice(0, 16),
  };
}

async function entriesOf(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw new RushesError('SOURCE_UNAVAILABLE', `The folder ${path} cannot be read.`, {
      detail: (error as Error).message,
    });
  }
}

function isItemName(name: string): boolean {
  return itemExtensions.has(extname(name).toLowerCase());
}

function nameBelow(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}
