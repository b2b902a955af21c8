import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { RushesError } from '../../../shared/errors/rushes-error.ts';
import { hasCode } from '../files/file-fault.ts';
import { nameKey } from '../files/safe-name.ts';

const mostTries = 1000;

/**
 * Finds the folder below a base that a row of safe names leads to, in the spelling that stands there already: folders
 * that differ in case alone are one. A name that a file has taken gets a number. Makes nothing.
 *
 * @throws RushesError DISK_ERROR when a link on the way leads out of the base.
 */
export async function findFolder(base: string, names: readonly string[]): Promise<string> {
  let at = base;
  for (const name of names) at = join(at, await spelling(at, name));
  await assertInside(base, at);
  return at;
}

/**
 * Proves that a folder, as far as it exists, lies in the base when every link is followed.
 *
 * @throws RushesError DISK_ERROR
 */
export async function assertInside(base: string, folder: string): Promise<void> {
  const [inner, outer] = [await realFolder(folder), await realFolder(base)];
  const way = relative(outer, inner);
  if (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) return;
  throw new RushesError('DISK_ERROR', `The folder ${folder} leads out of the download folder by a link.`, {
    hint: 'Remove the link, or choose the folder that it leads to as the download folder.',
  });
}

/** Under which name a folder stands there, or can be made. */
async function spelling(parent: string, name: string): Promise<string> {
  const entries = await entriesOf(parent, name);
  for (let count = 0; count < mostTries; count++) {
    const wanted = count === 0 ? name : `${name} (${count})`;
    const taken = entries.filter((entry) => nameKey(entry) === nameKey(wanted));
    if (taken.length === 0) return wanted;
    const exact = taken.includes(wanted) ? [wanted] : [];
    for (const entry of [...exact, ...taken]) if (await isFolder(join(parent, entry))) return entry;
  }
  throw new RushesError('DISK_ERROR', `No free name was found for the folder ${name}.`);
}

/** What stands in a folder; only the wanted one when that is there, for the folder may hold very many. */
async function entriesOf(parent: string, name: string): Promise<string[]> {
  if (await isFolder(join(parent, name))) return [name];
  try {
    return await readdir(parent);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    // One that may not be listed may still be gone through.
    if (hasCode(error, 'EACCES', 'EPERM')) return [];
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() ?? false;
}

/** The true path of a folder, or of the nearest one above it that exists, with the rest behind it. */
async function realFolder(path: string): Promise<string> {
  const rest: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    const real = await realpath(at).catch(() => null);
    if (real !== null) return join(real, ...rest);
    if (at === dirname(at)) return path;
    await refuseDanglingLink(at);
    rest.unshift(relative(dirname(at), at));
  }
}

/** A link to nowhere would be followed as soon as its end exists. */
async function refuseDanglingLink(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found?.isSymbolicLink())
    throw new RushesError('DISK_ERROR', `The folder ${path} is a link that leads nowhere.`);
}
