/** Names that no media hash list of ours holds: its own folder, what systems leave behind, and unfinished files. */
export const ignoredPatterns = ['.DS_Store', 'Thumbs.db', 'ascmhl', 'ascmhl/', '*.part'] as const;

const ignoredNames: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'ascmhl']);

/** Whether a file or folder of this name is left out. */
export function isIgnored(name: string): boolean {
  return ignoredNames.has(name) || name.endsWith('.part');
}

/**
 * The parts of a path that a list gives, or null for one that names no file inside the folder: absolute, with a drive,
 * climbing out of it, or not a path at all. Lists come with the media, so nobody vouches for them.
 */
export function partsOfListed(path: string): readonly string[] | null {
  // oxlint-disable-next-line no-control-regex -- control characters are what this refuses
  if (path === '' || path.length > 4096 || /[\u0000-\u001f]/.test(path)) return null;
  // A backslash parts names on one system and is part of a name on others: neither way may climb.
  if (/^[a-z]:/i.test(path) || path.startsWith('/') || path.startsWith('\\')) return null;
  if (path.split(/[/\\]/).some((part) => part === '..' || part === '.' || part === '')) return null;
  return path.split('/');
}
