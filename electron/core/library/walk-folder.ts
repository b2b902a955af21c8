import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** A video file found in a folder. */
export interface FoundFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
}

const videoExtensions: ReadonlySet<string> = new Set([
  '.mp4',
  '.m4v',
  '.mov',
  '.mxf',
  '.mkv',
  '.webm',
  '.avi',
  '.mts',
  '.m2ts',
  '.ts',
  '.mpg',
  '.mpeg',
  '.wmv',
  '.3gp',
  '.dv',
  '.ogv',
]);

/**
 * Every video file below a folder, links not followed, hidden names left out.
 *
 * A folder inside that cannot be read is told to `onUnreadable`, for its files are then unknown and not gone.
 *
 * @throws The error of the folder itself when that cannot be read.
 */
export async function* walkFolder(
  folder: string,
  onUnreadable: (path: string) => void,
): AsyncGenerator<FoundFile, void> {
  const pending = [folder];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    let entries;
    try {
      entries = await readdir(current, { withFileTypes: true });
    } catch (error) {
      if (current === folder) throw error;
      onUnreadable(current);
      continue;
    }
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const path = join(current, entry.name);
      if (entry.isDirectory()) pending.push(path);
      else if (entry.isFile() && videoExtensions.has(extname(entry.name).toLowerCase())) {
        const facts = await stat(path).catch(() => null);
        if (facts) yield { path, sizeBytes: facts.size, modifiedAtMs: Math.trunc(facts.mtimeMs) };
      }
    }
  }
}
