import { createHash } from 'node:crypto';
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FileFault, hasCode, toFileFault } from '../../files/file-fault.ts';
import { exists } from '../../files/publish-file.ts';
import { replaceFile } from '../../files/replace-file.ts';
import { syncDir } from '../../files/sync-dir.ts';
import { c4OfSha512 } from './c4.ts';
import { chainFile, historyFolder, isChained, type History } from './history.ts';
import { chainText, generationName, listFile, listFoot, listHead, type ListedFile } from './write-list.ts';

/** What a generation is written from. */
export interface Generation {
  readonly folder: string;
  /** What was there before; null for the first generation. */
  readonly history: History | null;
  readonly atMs: number;
  readonly hostname: string;
  readonly version: string;
  /** Pages of files, in the order in which they are to stand. */
  readonly files: Iterable<readonly ListedFile[]>;
  /** Told the list's path before there is one, so that a crash leaves none behind unknown. */
  readonly intend: (path: string) => void;
}

/**
 * Writes the next generation of a folder's media hash list and enters it into the chain. The list is complete on the
 * disk before the chain names it; lists of before are never touched.
 *
 * @throws FileFault
 */
export async function writeGeneration(of: Generation): Promise<string> {
  try {
    return await write(of);
  } catch (error) {
    throw toFileFault(error, 'The media hash list cannot be written');
  }
}

/**
 * Takes away a list that has its name and was never entered into the chain: it would count as broken for ever. True
 * when the chain has it.
 */
export async function dropUnentered(folder: string, path: string): Promise<boolean> {
  if (await isChained(folder, basename(path))) return true;
  await rm(path, { force: true });
  return false;
}

async function write(of: Generation): Promise<string> {
  const dir = join(of.folder, historyFolder);
  await mkdir(dir).catch((error: unknown) => {
    if (!hasCode(error, 'EEXIST')) throw error;
  });
  // A link in its place would put the list wherever somebody else wants it.
  if (!(await lstat(dir)).isDirectory()) throw new FileFault('FILE_ACCESS', `${dir} is no folder.`);
  const number = (of.history?.generations ?? 0) + 1;
  const name = generationName(number, basename(of.folder), of.atMs);
  const path = join(dir, name);
  if (await exists(path)) throw new FileFault('FILE_FAILED', `${path} exists already.`);
  // Of one name, so that what a crash has left is found and replaced.
  const temporary = join(dir, 'generation.tmp');
  await rm(temporary, { force: true });
  const sum = createHash('sha512');
  try {
    const file = await open(temporary, 'wx', 0o644);
    try {
      const put = async (text: string): Promise<void> => {
        sum.update(text);
        await file.appendFile(text);
      };
      await put(listHead(of));
      for (const page of of.files) await put(page.map(listFile).join(''));
      await put(listFoot);
      await file.sync();
    } finally {
      await file.close();
    }
    of.intend(path);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  const entry = { sequence: number, path: name, c4: c4OfSha512(sum.digest('hex')) };
  const text = chainText([...(of.history?.chain ?? []), entry]);
  try {
    await syncDir(dir);
    await replaceFile(join(dir, chainFile), text, { mode: 0o644, durable: true });
  } catch (error) {
    // A chain that cannot be read has not got it.
    if (!(await isChained(of.folder, name).catch(() => false))) await rm(path, { force: true });
    throw error;
  }
  return path;
}
