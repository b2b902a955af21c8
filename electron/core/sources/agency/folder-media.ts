import { lstat, realpath } from 'node:fs/promises';
import { isAbsolute, join, posix, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { webAddress } from '../reading/addresses.ts';

/** What a name in an item file stands for. */
export type FolderHref =
  | { readonly kind: 'web'; readonly address: string }
  | { readonly kind: 'local'; readonly name: string; readonly address: string }
  | { readonly kind: 'refused'; readonly why: string };

/**
 * Where a file lies that an item file names: on the web, or beside the item file. A name that leads out of the folder
 * is refused: whoever writes into the folder has no say over the rest of the disk.
 */
export function readFolderHref(href: string, item: { folder: string; name: string }): FolderHref {
  const text = href.trim();
  if (/^(https?:)?\/\//i.test(text)) {
    const address = webAddress(text);
    return address === null
      ? { kind: 'refused', why: `The address ${quoted(href)} is none.` }
      : { kind: 'web', address };
  }
  const path = decoded(text.replace(/^\.\//, ''));
  if (path === null || path === '' || !isPlainPath(path)) {
    return { kind: 'refused', why: `The name ${quoted(href)} leads out of the folder.` };
  }
  const name = posix.join(posix.dirname(item.name), path);
  return { kind: 'local', name, address: pathToFileURL(join(item.folder, ...name.split('/'))).href };
}

function quoted(href: string): string {
  return `"${href.replaceAll(/\p{C}/gu, ' ').slice(0, 120)}"`;
}

/** File names with a percent sign of their own are as frequent as encoded ones. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.includes('\0') ? null : text;
  }
}

function isPlainPath(path: string): boolean {
  // The backslash and the colon mean something on Windows alone, and nothing good.
  if (/[\\:\0]/.test(path) || path.startsWith('/')) return false;
  return path.split('/').every((part) => part !== '..' && part !== '');
}

/** A media file that lies in the folder whole. */
export interface MediaFile {
  readonly path: string;
  readonly sizeBytes: number;
}

/** Looks at a file by its `file:` address; null when it is not there, a link, or one that leads out of the folder. */
export async function findInFolder(
  folder: string,
  address: string,
): Promise<(MediaFile & { modifiedAtMs: number }) | null> {
  const url = URL.parse(address);
  if (url === null || url.protocol !== 'file:') return null;
  try {
    const path = fileURLToPath(url);
    const facts = await lstat(path);
    if (!facts.isFile()) return null;
    // A folder on the way may be a link as well.
    const inside = relative(await realpath(folder), await realpath(path));
    if (inside === '' || inside.startsWith(`..${sep}`) || inside === '..' || isAbsolute(inside)) return null;
    return { path, sizeBytes: facts.size, modifiedAtMs: Math.trunc(facts.mtimeMs) };
  } catch {
    return null;
  }
}
