import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that only this user can read, made when it is first needed. */
export interface PrivateDir {
  path(): Promise<string>;
  /** Writes a new file with a name of our own and returns its absolute path. */
  write(text: string): Promise<string>;
  remove(path: string): Promise<void>;
  close(): Promise<void>;
}

/** Makes a private folder under the system's temporary one. */
export function createPrivateDir(): PrivateDir {
  // mkdtemp makes the folder 0700.
  let made: Promise<string> | null = null;
  const path = (): Promise<string> => (made ??= mkdtemp(join(tmpdir(), 'rushes-media-')));
  return {
    path,
    async write(text) {
      const file = join(await path(), `${randomUUID()}.txt`);
      await writeFile(file, text, { flag: 'wx', mode: 0o600 });
      return file;
    },
    remove: (file) => rm(file, { force: true }),
    async close() {
      if (made === null) return;
      const dir = await made.catch(() => null);
      made = null;
      if (dir !== null) await rm(dir, { recursive: true, force: true });
    },
  };
}
