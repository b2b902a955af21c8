import { link, lstat, open, opendir, rename, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FileFault, hasCode, toFileFault } from './file-fault.ts';
import type { FileIdentity } from './part-file.ts';
import { nameKey, numberedName, splitName } from './safe-name.ts';
import { syncDir } from './sync-dir.ts';

const mostTries = 10_000;
/** Names of a folder that are read in one go. */
const namesAtOnce = 256;

/** How `publish` is told. */
export interface Publication {
  readonly partPath: string;
  readonly dir: string;
  readonly fileName: string;
  /** Told each path before it is tried, so that it can be written down first. */
  readonly intend: (path: string) => void;
  /** Test seam: pretends a file system without hard links. */
  readonly link?: typeof link;
}

/**
 * Gives a finished partial file its final name and returns the path. Whatever stands there already is left as it
 * is: the next free ` (1)`, ` (2)` … is taken, also where names differ in case alone and the folder, copied to another
 * system, could not hold both.
 *
 * @throws FileFault
 */
export async function publish(what: Publication): Promise<string> {
  try {
    const taken = await takenNames(what);
    for (let count = 0; count < mostTries; count++) {
      const name = numberedName(what.fileName, count);
      const target = join(what.dir, name);
      // Spares the intent where the name is plainly taken; the link below is what decides.
      if (taken.has(nameKey(name)) || (await exists(target))) continue;
      what.intend(target);
      if (await giveName(what, target)) {
        await syncDir(dirname(target));
        return target;
      }
    }
  } catch (error) {
    throw toFileFault(error, 'Giving the file its name failed');
  }
  throw new FileFault('FILE_FAILED', `No free name was found for ${what.fileName}.`);
}

/**
 * The keys of what stands in the folder and begins like the name; none where it may not be listed. Read bit by bit: a
 * folder of a hundred thousand files keeps nobody waiting but this one.
 */
async function takenNames({ dir, fileName, partPath }: Publication): Promise<ReadonlySet<string>> {
  const taken = new Set<string>();
  // There the link is refused by itself.
  if (await foldsCase(partPath)) return taken;
  const stem = nameKey(splitName(fileName).stem);
  const part = basename(partPath);
  try {
    for await (const { name } of await opendir(dir, { bufferSize: namesAtOnce })) {
      const key = nameKey(name);
      if (key.startsWith(stem) && name !== part) taken.add(key);
    }
  } catch {
    // What cannot be listed may still be written to.
  }
  return taken;
}

/** Whether a file answers to its name in other letters, too. */
async function foldsCase(path: string): Promise<boolean> {
  const name = basename(path);
  const swapped = name === name.toLowerCase() ? name.toUpperCase() : name.toLowerCase();
  const at = (one: string) => lstat(join(dirname(path), one), { bigint: true }).catch(() => null);
  const [own, other] = await Promise.all([at(name), swapped === name ? null : at(swapped)]);
  return own !== null && other !== null && own.ino === other.ino && own.dev === other.dev;
}

/** A link never replaces a file where a rename would, without a word. False when the name is taken. */
async function giveName(what: Publication, target: string): Promise<boolean> {
  try {
    await (what.link ?? link)(what.partPath, target);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    // What file systems without hard links say: exFAT and FAT, many network shares, some sandboxes.
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EISDIR', 'UNKNOWN'))
      throw error;
    return replacePlaceholder(what.partPath, target);
  }
  await unlink(what.partPath);
  return true;
}

/** Takes the name with an empty file of our own first, so that the rename can only replace that. */
async function replacePlaceholder(partPath: string, target: string): Promise<boolean> {
  try {
    await (await open(target, 'wx', 0o600)).close();
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
  try {
    await rename(partPath, target);
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
  return true;
}

/** Whether a name is taken, a dangling link included. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}

/**
 * Removes a partial file of ours. One that is gone is no failure; a link, a folder, or a file that is not the one
 * given by `identity` is left alone, for the name may have been taken by another since.
 */
export async function removePart(path: string, identity: FileIdentity | null = null): Promise<void> {
  const found = await lstat(path, { bigint: true }).catch(() => null);
  if (!found?.isFile() || (identity && identity.ino !== String(found.ino))) return;
  await rm(path, { force: true });
  await syncDir(dirname(path));
}

/** A free name for a partial file beside the final one. */
export async function freePartName(dir: string, fileName: string): Promise<string> {
  for (let count = 0; count < mostTries; count++) {
    const name = `${numberedName(fileName, count)}.part`;
    if (!(await exists(join(dir, name)))) return name;
  }
  throw new FileFault('FILE_FAILED', `No free name was found for ${basename(fileName)}.part.`);
}
