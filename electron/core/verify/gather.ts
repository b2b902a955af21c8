import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { NewItem } from './checks-repo.ts';
import type { Listed } from './finding.ts';
import type { Candidate, KnownFilesRepo } from './known-files-repo.ts';
import { historyFolder, readHistory, type History } from './mhl/history.ts';
import { isIgnored } from './mhl/mhl-path.ts';

/** What a check is asked for; with nothing given, everything that Rushes knows. */
export interface CheckScope {
  readonly paths?: readonly string[] | undefined;
  readonly clipIds?: readonly string[] | undefined;
  readonly downloadIds?: readonly string[] | undefined;
  readonly manifest: boolean;
}

/** The files of a check. */
export interface Gathered {
  readonly items: readonly NewItem[];
  /** The folder that is checked whole, with the media hash lists of before; null for a check of known files. */
  readonly folder: FolderHistory | null;
}

/** The media hash lists of a folder, and of the folders inside. */
export interface FolderHistory {
  readonly path: string;
  readonly history: History | null;
  readonly broken: readonly string[];
  readonly refused: number;
}

/** Finds the known files that a check is for. */
export async function gatherKnown(known: KnownFilesRepo, scope: CheckScope): Promise<NewItem[]> {
  const { paths, clipIds, downloadIds } = scope;
  const found = new Map<string, NewItem>();
  const take = async (pages: Iterable<readonly Candidate[]>): Promise<void> => {
    for (const page of pages) {
      for (const one of page) found.set(one.path, { ...one, listed: null });
      await new Promise(setImmediate);
    }
  };
  for (const path of paths ?? []) await take(known.below(resolve(path), sep));
  if (clipIds) await take(known.ofClips(clipIds));
  if (downloadIds) await take(known.ofDownloads(downloadIds));
  if (!paths && !clipIds && !downloadIds) await take(known.all());
  return [...found.values()];
}

/**
 * Finds every file of a folder, which is given by its real name: those on the disk, those that its media hash lists name,
 * those that Rushes knows.
 *
 * @throws ListFault; the errors of node:fs for the folder itself.
 */
export async function gatherFolder(known: KnownFilesRepo, folder: string): Promise<Gathered> {
  const history = await readHistory(folder);
  const listed = new Map<string, Listed>();
  const broken: string[] = [];
  let refused = 0;
  const add = (below: string, of: History): void => {
    for (const [path, facts] of of.files) listed.set(join(below, path), facts);
    broken.push(...of.broken.map((name) => relative(folder, join(below, historyFolder, name))));
    refused += of.refused;
  };
  const items = new Map<string, NewItem>();
  for await (const file of walk(folder)) {
    if (file.kind === 'history') {
      const inner = await readHistory(file.path);
      if (inner) add(file.path, inner);
    } else items.set(file.path, bare(file.path, file.sizeBytes));
  }
  if (history) add(folder, history);
  for (const one of await gatherKnown(known, { paths: [folder], manifest: false })) {
    if (!relative(folder, one.path).split(sep).some(isIgnored)) items.set(one.path, one);
  }
  for (const [path, facts] of listed) {
    if (!items.has(path) && (await leadsAway(path))) {
      refused++;
      continue;
    }
    items.set(path, { ...(items.get(path) ?? bare(path, facts.sizeBytes)), listed: facts });
  }
  return { items: [...items.values()], folder: { path: folder, history, broken, refused } };
}

/** Whether a link stands in the way to a file of a folder that is given by its real name. */
async function leadsAway(path: string): Promise<boolean> {
  const real = await realpath(dirname(path)).catch(() => null);
  return real !== null && real !== dirname(path);
}

/** Whether a folder has media hash lists. */
export async function hasHistory(folder: string): Promise<boolean> {
  const facts = await lstat(join(folder, historyFolder)).catch(() => null);
  return facts?.isDirectory() ?? false;
}

/** Whether a path leads to a folder. */
export async function isFolder(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => null);
  return facts?.isDirectory() ?? false;
}

function bare(path: string, sizeBytes: number | null): NewItem {
  return { path, sizeBytes, clipId: null, downloadId: null, listed: null };
}

type Walked =
  | { readonly kind: 'file'; readonly path: string; readonly sizeBytes: number }
  /** A folder inside that has media hash lists of its own. */
  | { readonly kind: 'history'; readonly path: string };

/** Links are not followed: what they lead to belongs to another folder. */
async function* walk(folder: string): AsyncGenerator<Walked, void> {
  const pending = [folder];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    const entries = await readdir(current, { withFileTypes: true }).catch((error: unknown) => {
      if (current === folder) throw error;
      return [];
    });
    for (const entry of entries) {
      const path = join(current, entry.name);
      if (entry.isDirectory() && entry.name === historyFolder && current !== folder) {
        yield { kind: 'history', path: current };
      }
      if (isIgnored(entry.name)) continue;
      if (entry.isDirectory()) pending.push(path);
      else if (entry.isFile()) {
        const facts = await lstat(path).catch(() => null);
        if (facts) yield { kind: 'file', path, sizeBytes: facts.size };
      }
    }
  }
}
