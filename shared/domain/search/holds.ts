import type { DaysNode, SearchNode, TextNode } from './search-node.ts';

/** What can be said of one thing that a query is held against. */
export interface Probe {
  readonly text: (wanted: TextNode) => boolean;
  readonly days: (wanted: DaysNode) => boolean;
}

/** Whether a query holds of one thing that only has texts and days; whatever else is asked does not hold of it. */
export function holds(query: SearchNode, probe: Probe): boolean {
  switch (query.kind) {
    case 'text':
      return probe.text(query);
    case 'days':
      return probe.days(query);
    case 'and':
      return query.of.every((one) => holds(one, probe));
    case 'or':
      return query.of.some((one) => holds(one, probe));
    case 'not':
      return !holds(query.of, probe);
    default:
      return false;
  }
}
