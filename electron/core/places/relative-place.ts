import { fillTemplate } from '../../../shared/domain/fill-template.ts';
import type { TemplatePiece } from '../../../shared/domain/name-template.ts';
import { safeFileName, safeFolderName, shortFileName, shortFolderName } from '../files/safe-name.ts';
import { nameValues, originalOf, type PlaceFacts } from './place-facts.ts';

/** Templates that were understood: the folders, and the one part of the name. */
export interface Templates {
  readonly folders: readonly (readonly TemplatePiece[])[];
  readonly name: readonly TemplatePiece[];
}

/** A place below a folder: safe names only, from the outermost folder inwards. */
export interface RelativePlace {
  readonly folders: readonly string[];
  readonly fileName: string;
}

/** The longest path that a system takes, in its own unit, with room left for a number and the ending of a partial file. */
export interface PathLimit {
  readonly most: number;
  readonly unit: 'bytes' | 'utf16';
}

const longestPartBytes = 255;
const shortestPartBytes = 12;

/** The limit of a system. Windows programs that do not ask for more, Explorer among them, stop at 260. */
export function pathLimit(platform: NodeJS.Platform): PathLimit {
  if (platform === 'win32') return { most: 240, unit: 'utf16' };
  return { most: platform === 'darwin' ? 1000 : 4000, unit: 'bytes' };
}

/** Where a file goes by the templates. The extension is that of its own name; one that a template adds again is not doubled. */
export function relativePlace(templates: Templates, facts: PlaceFacts): RelativePlace {
  const values = nameValues(facts);
  const { stem, extension } = originalOf(facts);
  const filled = fillTemplate(templates.name, values);
  const bare = filled.toLowerCase().endsWith(extension.toLowerCase())
    ? filled.slice(0, filled.length - extension.length)
    : filled;
  return {
    folders: templates.folders
      .map((part) => fillTemplate(part, values))
      .filter((name) => /[^\s.]/.test(name))
      .map(safeFolderName),
    fileName: safeFileName((/[^\s.]/.test(bare) ? bare : stem) + extension),
  };
}

/**
 * The same place with its longest names cut until the whole path fits; null when the folder that it is to lie in is
 * too deep for any.
 */
export function fitted(base: string, place: RelativePlace, limit: PathLimit): RelativePlace | null {
  for (let most = longestPartBytes; most >= shortestPartBytes; most--) {
    const cut = {
      folders: place.folders.map((name) => shortFolderName(name, most)),
      fileName: shortFileName(place.fileName, most),
    };
    if (lengthOf([base, ...cut.folders, cut.fileName].join('/'), limit) <= limit.most) return cut;
  }
  return null;
}

function lengthOf(path: string, limit: PathLimit): number {
  return limit.unit === 'utf16' ? path.length : Buffer.byteLength(path);
}
