/** What is selected in a list, and from where a range is drawn. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly anchor: string | null;
}

/** How a click or a key changes a selection. */
export type SelectMode = 'only' | 'toggle' | 'range';

/** Nothing selected. */
export const noSelection: Selection = { ids: new Set(), anchor: null };

/** Selects `id` in one of three ways; `order` is the list as it is shown. */
export function select(
  selection: Selection,
  order: readonly string[],
  target: { readonly id: string; readonly mode: SelectMode },
): Selection {
  const { id, mode } = target;
  if (mode === 'toggle') {
    const ids = new Set(selection.ids);
    if (!ids.delete(id)) ids.add(id);
    return { ids, anchor: id };
  }
  const from = selection.anchor === null ? -1 : order.indexOf(selection.anchor);
  const to = order.indexOf(id);
  if (mode === 'only' || from < 0 || to < 0) return { ids: new Set([id]), anchor: id };
  return {
    ids: new Set(order.slice(Math.min(from, to), Math.max(from, to) + 1)),
    anchor: selection.anchor,
  };
}

/** Selects everything that is shown. */
export function selectAll(order: readonly string[]): Selection {
  return { ids: new Set(order), anchor: order[0] ?? null };
}

/** The one value that all rows share, or that they differ. */
export type Shared<T> = { readonly kind: 'same'; readonly value: T } | { readonly kind: 'mixed' };

/** Compares one field over several rows, as an inspector shows it. */
export function sharedValue<T>(values: readonly T[], fallback: T): Shared<T> {
  const [first = fallback] = values;
  return values.every((value) => value === first) ? { kind: 'same', value: first } : { kind: 'mixed' };
}
