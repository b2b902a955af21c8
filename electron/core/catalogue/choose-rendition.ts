import { RushesError } from '../../../shared/errors/rushes-error.ts';
import type { RenditionRow } from './catalogue-read-repo.ts';

/**
 * The rendition a wish means: `best` is the one with the most picture, `smallest` the one with the fewest bytes, else
 * the id of one.
 *
 * Both mean video, or sound where there is no video. Captions, pictures and papers are only taken by their id.
 *
 * @throws RushesError NOT_FOUND when the asset has none, or not that one.
 */
export function chooseRendition(renditions: readonly RenditionRow[], wish: string): RenditionRow {
  const chosen =
    wish === 'best'
      ? pick(playable(renditions), byPicture)
      : wish === 'smallest'
        ? pick(playable(renditions), bySize)
        : renditions.find(({ id }) => id === wish);
  if (chosen) return chosen;
  throw new RushesError('NOT_FOUND', whyNone(renditions, wish));
}

function whyNone(renditions: readonly RenditionRow[], wish: string): string {
  if (renditions.length === 0) return 'The source offers no file of this asset yet.';
  return wish === 'best' || wish === 'smallest'
    ? 'The source offers neither video nor sound of this asset.'
    : `The asset has no rendition ${wish}.`;
}

function playable(renditions: readonly RenditionRow[]): readonly RenditionRow[] {
  const videos = renditions.filter(({ medium }) => medium === 'video');
  return videos.length > 0 ? videos : renditions.filter(({ medium }) => medium === 'audio');
}

function pick(
  renditions: readonly RenditionRow[],
  better: (a: RenditionRow, b: RenditionRow) => number,
): RenditionRow | undefined {
  // The sort is stable: among equals the source's own order holds.
  return [...renditions].sort(better)[0];
}

/**
 * More pixels first; among equals more bits, for then less was thrown away. A source that does not tell the size of its
 * picture is judged by bits alone among those that do not either, and comes after those that do.
 */
function byPicture(a: RenditionRow, b: RenditionRow): number {
  const pixels = (row: RenditionRow): number => (row.width ?? 0) * (row.height ?? 0);
  return pixels(b) - pixels(a) || (weightOf(b) ?? 0) - (weightOf(a) ?? 0);
}

/** Fewest bytes first; one that may be of any size comes last, and among those the one with the least picture first. */
function bySize(a: RenditionRow, b: RenditionRow): number {
  const [first, second] = [weightOf(a), weightOf(b)];
  if (first !== null && second !== null) return first - second;
  if (first !== null || second !== null) return first === null ? 1 : -1;
  const pixels = ({ width, height }: RenditionRow): number =>
    width === null || height === null ? Infinity : width * height;
  const order = pixels(a) - pixels(b);
  return Number.isNaN(order) ? 0 : order;
}

/** The size as far as it is known: a rounded one still orders, and bits a second times seconds are about as many. */
function weightOf(row: RenditionRow): number | null {
  const known = row.size_bytes ?? row.about_bytes;
  if (known !== null) return known;
  return row.bitrate === null || row.duration_ms === null ? null : (row.bitrate / 8000) * row.duration_ms;
}
