import type { AssetStatus, VersionKind } from '../../../../shared/contract/catalogue.ts';
import { daysInMonth } from '../../../../shared/domain/calendar-day.ts';
import { foldText, wordsOf } from '../../../../shared/domain/fold-text.ts';
import {
  toMatchExpression,
  type MatchTable,
  type Widened,
} from '../../../../shared/domain/search/match-expression.ts';
import { parseQuery } from '../../../../shared/domain/search/parse-query.ts';
import type { DaysNode, SearchNode, TextField } from '../../../../shared/domain/search/search-node.ts';
import { firstRowOf, lastRowOf } from '../asset-row.ts';
import { hasFilesMark, type FtsColumn } from './fts-columns.ts';
import { noticeBits, traitBits } from './traits.ts';

/** What the catalogue is asked for. What stands beside the words narrows further; days are inclusive. */
export interface CatalogueQuery {
  readonly query?: string | undefined;
  readonly sourceId?: string | undefined;
  readonly eventId?: string | undefined;
  readonly dayFrom?: string | undefined;
  readonly dayTo?: string | undefined;
  readonly versionKind?: VersionKind | undefined;
  readonly status?: AssetStatus | undefined;
  readonly country?: string | undefined;
  readonly language?: string | undefined;
  readonly holding?: 'none' | 'here' | undefined;
  readonly addedSinceMs?: number | undefined;
}

/** Something the table in memory can tell of an asset. */
export type FacetTest =
  | {
      readonly kind: 'source' | 'status' | 'version' | 'event' | 'country';
      readonly anyOf: readonly string[];
    }
  | {
      readonly kind: 'named';
      readonly what: 'event' | 'country';
      readonly text: string;
      readonly prefix: boolean;
    }
  | { readonly kind: 'language'; readonly text: string; readonly exactly: boolean }
  | { readonly kind: 'known'; readonly what: 'event' | 'country' | 'language' }
  | { readonly kind: 'trait'; readonly bit: number }
  | { readonly kind: 'held' }
  | { readonly kind: 'added'; readonly sinceMs: number };

/** How a query is answered: by the full-text index, by rows, by the table in memory, and how these go together. */
export type Plan =
  | { readonly kind: 'match'; readonly match: string }
  | { readonly kind: 'rows'; readonly from: number; readonly to: number }
  | { readonly kind: 'test'; readonly test: FacetTest }
  | { readonly kind: 'and'; readonly of: readonly Plan[] }
  | { readonly kind: 'or'; readonly of: readonly Plan[] }
  | { readonly kind: 'not'; readonly of: Plan };

/** A plan with what else follows from the query. */
export interface PlannedQuery {
  readonly plan: Plan;
  /** Whether twins are listed too, for a source is asked for by name. */
  readonly withTwins: boolean;
  /** The words that are to be found, each as a question of its own: from the second on, ranking tells more than the date. */
  readonly words: readonly string[];
}

/** What planning needs to know. */
export interface PlanContext {
  readonly sourceNames: readonly { readonly id: string; readonly name: string }[];
  /** Words and beginnings that are cheaper to look for than this beginning; none keeps it. */
  readonly widen: (beginning: string) => readonly Widened[];
}

const columnOf: Readonly<Record<TextField, FtsColumn>> = {
  title: 'title',
  synopsis: 'synopsis',
  shotlist: 'shotlist',
  transcript: 'transcript',
  person: 'people',
  organisation: 'organisations',
  place: 'place',
  country: 'country',
  event: 'event',
  tag: 'keywords',
  file: 'file_name',
};

const lowestRow = 0;
const highestRow = Number.MAX_SAFE_INTEGER;

/** Turns a query into a plan. There is one for everything that can be typed. */
export function planQuery(asked: CatalogueQuery, context: PlanContext): PlannedQuery {
  const node = parseQuery(asked.query ?? '');
  const planner = createPlanner(context);
  const beside = besideWords(asked);
  const plan = allOf([...(node === null ? [] : [planner.plan(node)]), ...beside]);
  return {
    plan,
    withTwins: asked.sourceId !== undefined || (node !== null && asksForSource(node)),
    words: node === null ? [] : planner.wordsIn(node),
  };
}

function createPlanner(context: PlanContext) {
  const table: MatchTable = {
    phrase,
    columns: (field) => columnOf[field],
    widen: (text) => {
      const [word, ...more] = wordsOf(foldText(text));
      const wider = word === undefined || more.length > 0 ? [] : context.widen(word);
      return wider.length === 0 ? undefined : wider;
    },
  };
  /** Events and countries are known by name to the table, which has each of them once. */
  const isNamed = (node: SearchNode): boolean =>
    (node.kind === 'text' && (node.field === 'event' || node.field === 'country')) ||
    ((node.kind === 'and' || node.kind === 'or') && node.of.some(isNamed)) ||
    (node.kind === 'not' && isNamed(node.of));
  const matching = (node: SearchNode): Plan | null => {
    const match = isNamed(node) ? null : toMatchExpression(node, table);
    return match === null ? null : { kind: 'match', match };
  };
  /** All parts that the full-text index can answer together become one question to it. */
  const grouped = (kind: 'and' | 'or', parts: readonly SearchNode[]): Plan => {
    const isText = (part: SearchNode): boolean =>
      matching(kind === 'and' && part.kind === 'not' ? part.of : part) !== null;
    const texts = parts.filter(isText);
    const together = texts.length > 1 ? matching({ kind, of: texts }) : null;
    const rest = together === null ? parts : parts.filter((part) => !texts.includes(part));
    const plans = [...(together === null ? [] : [together]), ...rest.map(plan)];
    return kind === 'and' ? allOf(plans) : { kind: 'or', of: plans };
  };
  const plan = (node: SearchNode): Plan => {
    switch (node.kind) {
      case 'text':
        if (node.field !== 'event' && node.field !== 'country') return matching(node) ?? nothing;
        return aTest({ kind: 'named', what: node.field, text: node.text, prefix: node.prefix });
      case 'and':
      case 'or':
        return grouped(node.kind, node.of);
      case 'not':
        return { kind: 'not', of: plan(node.of) };
      case 'days':
        return rowsOf(node);
      case 'source':
        return aTest({ kind: 'source', anyOf: sourcesNamed(node.text, context.sourceNames) });
      case 'status':
      case 'version':
        return aTest({ kind: node.kind, anyOf: node.anyOf });
      case 'language':
        return aTest({ kind: 'language', text: node.text, exactly: false });
      case 'has':
        return having(node.what);
      default:
        return being(node.what);
    }
  };
  const wordsIn = (node: SearchNode): string[] => {
    if (node.kind === 'and' || node.kind === 'or') return node.of.flatMap(wordsIn);
    if (node.kind !== 'text') return [];
    const words = wordsOf(foldText(node.text));
    return words.flatMap((text, index) => {
      const prefix = node.prefix && index === words.length - 1;
      return toMatchExpression({ kind: 'text', text, prefix, field: null }, table) ?? [];
    });
  };
  return { plan, wordsIn };
}

function phrase(text: string): string {
  return `"${wordsOf(foldText(text)).join(' ')}"`;
}

const nothing: Plan = { kind: 'or', of: [] };

function aTest(test: FacetTest): Plan {
  return { kind: 'test', test };
}

function allOf(plans: readonly Plan[]): Plan {
  const [only] = plans;
  return plans.length === 1 && only
    ? only
    : { kind: 'and', of: plans.flatMap((plan) => (plan.kind === 'and' ? plan.of : [plan])) };
}

function having(what: Extract<SearchNode, { kind: 'has' }>['what']): Plan {
  if (what === 'file') return { kind: 'match', match: `{file_name} : "${hasFilesMark}"` };
  if (what === 'event' || what === 'country' || what === 'language') return aTest({ kind: 'known', what });
  return aTest({ kind: 'trait', bit: traitBits[what] });
}

function being(what: Extract<SearchNode, { kind: 'is' }>['what']): Plan {
  if (what === 'held') return aTest({ kind: 'held' });
  if (what !== 'new') return aTest({ kind: 'trait', bit: noticeBits[what] });
  return allOf([aTest({ kind: 'status', anyOf: ['usable'] }), { kind: 'not', of: aTest({ kind: 'held' }) }]);
}

function besideWords(asked: CatalogueQuery): Plan[] {
  const plans: Plan[] = [];
  const one = (
    kind: 'source' | 'status' | 'version' | 'event' | 'country',
    value: string | undefined,
  ): void => {
    if (value !== undefined) plans.push(aTest({ kind, anyOf: [value] }));
  };
  one('source', asked.sourceId);
  one('event', asked.eventId);
  one('version', asked.versionKind);
  one('status', asked.status);
  one('country', asked.country);
  if (asked.language !== undefined)
    plans.push(aTest({ kind: 'language', text: asked.language, exactly: true }));
  if (asked.dayFrom !== undefined || asked.dayTo !== undefined)
    plans.push(rowsOf({ kind: 'days', from: asked.dayFrom ?? null, to: asked.dayTo ?? null }));
  if (asked.holding === 'here') plans.push(aTest({ kind: 'held' }));
  if (asked.holding === 'none') plans.push({ kind: 'not', of: aTest({ kind: 'held' }) });
  if (asked.addedSinceMs !== undefined) plans.push(aTest({ kind: 'added', sinceMs: asked.addedSinceMs }));
  return plans;
}

/**
 * Days as rows. What is only known to the month stands before its first day, so a range that begins with a month or a
 * year and holds all of it begins there. An open range holds no asset without a day.
 */
function rowsOf({ from, to }: DaysNode): Plan {
  return {
    kind: 'rows',
    from: from === null ? Math.max(lowestRow, lastRowOf(null) + 1) : firstRowOf(coarsest(from, to)),
    to: to === null ? highestRow : lastRowOf(to),
  };
}

function coarsest(from: string, to: string | null): string {
  const year = from.slice(0, 4);
  if (from.endsWith('-01-01') && (to === null || to >= `${year}-12-31`)) return `${year}-00-00`;
  const month = from.slice(0, 7);
  const last = daysInMonth(Number(year), Number(month.slice(5)));
  return from.endsWith('-01') && (to === null || to >= `${month}-${last}`) ? `${month}-00` : from;
}

/** Every word of what is asked begins a word of the name; the id itself is a name too. */
function sourcesNamed(text: string, names: PlanContext['sourceNames']): string[] {
  const asked = wordsOf(foldText(text));
  return names
    .filter(({ id, name }) => {
      const words = wordsOf(foldText(name));
      return (
        id === text || (asked.length > 0 && asked.every((word) => words.some((one) => one.startsWith(word))))
      );
    })
    .map(({ id }) => id);
}

function asksForSource(node: SearchNode): boolean {
  if (node.kind === 'source') return true;
  return (node.kind === 'and' || node.kind === 'or') && node.of.some(asksForSource);
}
