import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../../files/file-fault.ts';
import type { Listed } from '../finding.ts';
import { partsOfListed } from './mhl-path.ts';
import { ListFault, readList, type ChainEntry, type ListEntry } from './read-list.ts';

/** The folder of a history, beside what it tells of. */
export const historyFolder = 'ascmhl';
/** The file that says which generations a history has. */
export const chainFile = 'ascmhl_chain.xml';

/** What the media hash lists of a folder say, all generations together. */
export interface History {
  /** By path within the folder, names parted with `/`. The first hash of each kind that did not fail counts. */
  readonly files: ReadonlyMap<string, Listed>;
  /** As the chain file has it; where there is none, as it would be. */
  readonly chain: readonly ChainEntry[];
  /** The highest number in use. */
  readonly generations: number;
  /** Lists that are not what the chain says, or cannot be read; nothing is believed of them. */
  readonly broken: readonly string[];
  /** Entries whose path names no file of the folder. */
  readonly refused: number;
}

const listName = /^(\d{4,})(?:_.*)?\.mhl$/;

/**
 * Reads the history of a folder; null when it has none.
 *
 * @throws ListFault when the chain file itself cannot be believed; the errors of node:fs.
 */
export async function readHistory(folder: string, signal?: AbortSignal): Promise<History | null> {
  const dir = join(folder, historyFolder);
  const names = await listNames(dir);
  if (names === null) return null;
  const chain = await readChain(dir, signal);
  const files = new Map<string, Listed>();
  const broken: string[] = [];
  const believed: ChainEntry[] = [];
  let refused = 0;
  for (const name of names) {
    const listed = chain?.find((entry) => entry.path === name);
    const list = await readList(join(dir, name), signal).catch((error: unknown) => {
      if (error instanceof ListFault || hasCode(error, 'EACCES', 'EIO', 'ENOENT')) return null;
      throw error;
    });
    // Without any chain file there is nothing to hold a list against; with one, each has to be in it.
    if (list === null || (chain !== null && listed?.c4 !== list.c4)) {
      broken.push(name);
      continue;
    }
    believed.push({ sequence: numberOf(name), path: name, c4: list.c4 });
    for (const entry of list.entries) refused += learn(files, entry) ? 0 : 1;
  }
  const absent = (chain ?? []).filter(({ path }) => !names.includes(path)).map(({ path }) => path);
  return {
    files,
    chain: chain ?? believed,
    generations: Math.max(0, ...names.map(numberOf), ...(chain ?? []).map(({ sequence }) => sequence)),
    broken: [...broken, ...absent],
    refused,
  };
}

/** Whether the chain file of a folder has entered a list. @throws ListFault; the errors of node:fs. */
export async function isChained(folder: string, name: string): Promise<boolean> {
  const chain = await readChain(join(folder, historyFolder), undefined);
  return chain?.some(({ path }) => path === name) ?? false;
}

/** The lists of a history in the order of their numbers; null when there is no such folder. */
async function listNames(dir: string): Promise<string[] | null> {
  const facts = await lstat(dir).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  });
  if (!facts) return null;
  if (!facts.isDirectory()) throw new ListFault(`${dir} is no folder.`);
  const entries = await readdir(dir, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && listName.test(entry.name))
    .map(({ name }) => name);
  return names.toSorted((one, other) => numberOf(one) - numberOf(other) || one.localeCompare(other));
}

async function readChain(
  dir: string,
  signal: AbortSignal | undefined,
): Promise<readonly ChainEntry[] | null> {
  const path = join(dir, chainFile);
  const facts = await lstat(path).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  });
  if (!facts) return null;
  if (!facts.isFile()) throw new ListFault(`${chainFile} is no plain file.`);
  const { chain } = await readList(path, signal).catch((error: unknown) => {
    if (error instanceof ListFault) throw new ListFault(`${chainFile} cannot be read. ${error.message}`);
    throw error;
  });
  return chain.filter((entry) => listName.test(entry.path) && !/[/\\]/.test(entry.path));
}

function numberOf(name: string): number {
  return Number(listName.exec(name)?.[1] ?? 0);
}

/** Adds what an entry says; false when its path is refused. */
function learn(files: Map<string, Listed>, entry: ListEntry): boolean {
  const parts = partsOfListed(entry.path);
  if (parts === null) return false;
  const path = parts.join('/');
  const before = entry.previousPath === null ? null : partsOfListed(entry.previousPath)?.join('/');
  const known = files.get(path) ?? (before ? files.get(before) : undefined);
  if (before && before !== path) files.delete(before);
  const good = entry.hashes.filter(({ action }) => action !== 'failed');
  if (good.length === 0 && !known) return true;
  files.set(path, {
    hashes: { ...Object.fromEntries(good.map(({ kind, value }) => [kind, value])), ...known?.hashes },
    sizeBytes: known?.sizeBytes ?? entry.sizeBytes,
    modifiedAtMs: known?.modifiedAtMs ?? entry.modifiedAtMs,
  });
  return true;
}
