/** Where some rows go: before another row, or to the end for null. */
export interface QueueMove<Id extends string> {
  /** In the order in which they will stand. */
  readonly ids: readonly Id[];
  readonly before: Id | null;
}

/** A step by the keyboard or the menu. */
export type QueueStep = 'up' | 'down' | 'top' | 'bottom';

/** The move that a step makes of the chosen rows; null where it would change nothing. */
export function stepMove<Id extends string>(
  order: readonly Id[],
  chosen: ReadonlySet<string>,
  step: QueueStep,
): QueueMove<Id> | null {
  const ids = order.filter((id) => chosen.has(id));
  const first = order.findIndex((id) => chosen.has(id));
  const last = order.findLastIndex((id) => chosen.has(id));
  if (first < 0) return null;
  const together = last - first + 1 === ids.length;
  if (step === 'up' || step === 'top') {
    if (first === 0 && together) return null;
    const target = step === 'top' ? 0 : Math.max(0, first - 1);
    return { ids, before: order.slice(target).find((id) => !chosen.has(id)) ?? null };
  }
  if (last === order.length - 1 && together) return null;
  return { ids, before: step === 'bottom' ? null : (order[last + 2] ?? null) };
}

/** The move that dropping rows at a gap makes; the gap `index` lies before the row of that index. */
export function dropMove<Id extends string>(
  order: readonly Id[],
  chosen: ReadonlySet<string>,
  index: number,
): QueueMove<Id> | null {
  const ids = order.filter((id) => chosen.has(id));
  if (ids.length === 0) return null;
  const before = order.slice(index).find((id) => !chosen.has(id)) ?? null;
  const rest = order.filter((id) => !chosen.has(id));
  const at = before === null ? rest.length : rest.indexOf(before);
  const next = [...rest.slice(0, at), ...ids, ...rest.slice(at)];
  return next.every((id, place) => id === order[place]) ? null : { ids, before };
}
