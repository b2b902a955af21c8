import type { DownloadPriority } from '../../../../shared/contract/downloads.ts';
import { priorityNumber, priorityOf } from '../download-row.ts';
import type { Place } from '../queue-repo.ts';

/** Ranks nearer than this are set apart anew: halving a gap for ever would end in one number for two. */
const narrow = 1e-6;

/**
 * The new places of some downloads that are put, in the order given, before another one, or at the end for null.
 *
 * `all` is the whole queue by priority and rank. Where the gap is too narrow every rank is given anew.
 */
export function placeBetween(all: readonly Place[], ids: readonly string[], before: string | null): Place[] {
  const known = new Map(all.map((place) => [place.id, place]));
  const moved = [...new Set(ids)].flatMap((id) => known.get(id) ?? []);
  const movedIds = new Set(moved.map(({ id }) => id));
  const rest = all.filter(({ id }) => !movedIds.has(id));
  const at = placeOf(rest, before, { all, movedIds });
  const [previous, next] = [rest[at - 1], rest[at]];
  const placed = moved.map((place) => ({ ...place, priority: fitting(place.priority, previous, next) }));
  const ranks = ranksBetween(previous, next, {
    placed,
    highest: Math.max(0, ...all.map((one) => one.queueRank)),
  });
  if (ranks) return placed.map((place, index) => ({ ...place, queueRank: ranks[index] ?? place.queueRank }));
  return [...rest.slice(0, at), ...placed, ...rest.slice(at)].map((place, index) => ({
    ...place,
    queueRank: index + 1,
  }));
}

/** Where in the rest the moved ones go. Put before one of themselves, they go before the next that stays. */
function placeOf(
  rest: readonly Place[],
  before: string | null,
  { all, movedIds }: { all: readonly Place[]; movedIds: ReadonlySet<string> },
): number {
  if (before === null) return rest.length;
  const from = all.findIndex(({ id }) => id === before);
  const stays = all.slice(Math.max(0, from)).find(({ id }) => !movedIds.has(id));
  const at = from < 0 || !stays ? -1 : rest.indexOf(stays);
  return at < 0 ? rest.length : at;
}

function fitting(own: DownloadPriority, previous?: Place, next?: Place): DownloadPriority {
  const most = previous ? priorityNumber(previous.priority) : 1;
  const least = next ? priorityNumber(next.priority) : -1;
  return priorityOf(Math.min(most, Math.max(least, priorityNumber(own))));
}

/** Ranks count within a priority only, so a neighbour of another one is no bound. Null: there is no room. */
function ranksBetween(
  previous: Place | undefined,
  next: Place | undefined,
  { placed, highest }: { placed: readonly Place[]; highest: number },
): number[] | null {
  const count = placed.length;
  const isSame = (other: Place | undefined): boolean =>
    other !== undefined && placed.some(({ priority }) => priority === other.priority);
  const low = isSame(previous) ? previous?.queueRank : undefined;
  const high = isSame(next) ? next?.queueRank : undefined;
  const from = low ?? (high === undefined ? highest : high - count - 1);
  const step = high === undefined ? 1 : (high - from) / (count + 1);
  if (step < narrow) return null;
  return placed.map((_, index) => from + step * (index + 1));
}
