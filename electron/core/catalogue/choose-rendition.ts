import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { RenditionRow } from './catalogue-read-repo.ts';

/**
 * The rendition a wish means: `best` is the one with the most picture, `smallest` the one with the fewest bytes, else
 * the id of one.
 *
 * @throws RushesError NOT_FOUND when the asset has none, or not that one.
 */
export function chooseRendition(renditions: readonly RenditionRow[], wish: string): RenditionRow {
  const chosen =
    wish === 'best'
      ? pick(renditions, byPicture)
      : wish === 'smallest'
        ? pick(renditions, bySize)
        : renditions.find(({ id }) => id === wish);
  if (chosen) return chosen;
  throw new RushesError(
    'NOT_FOUND',
    renditions.length === 0
      ? 'The source offers no file of this asset yet.'
      : `The asset has no rendition ${wish}.`,
  );
}

function pick(
  renditions: readonly RenditionRow[],
  better: (a: RenditionRow, b: RenditionRow) => number,
): RenditionRow | undefined {
  return [...renditions].sort(better)[0];
}

/** More pixels first; among equals more bits, for then less was thrown away. */
function byPicture(a: RenditionRow, b: RenditionRow): number {
  const pixels = (row: RenditionRow): number => (row.width ?? 0) * (row.height ?? 0);
  return pixels(b) - pixels(a) || (b.size_bytes ?? 0) - (a.size_bytes ?? 0);
}

/** Fewest bytes first; one whose size is not known comes last, for it may be anything. */
function bySize(a: RenditionRow, b: RenditionRow): number {
  return (a.size_bytes ?? Infinity) - (b.size_bytes ?? Infinity);
}
