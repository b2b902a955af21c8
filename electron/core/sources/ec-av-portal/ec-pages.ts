import { createHash } from 'node:crypto';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { runSteps, type RunStep } from '../json-api/run-steps.ts';
import { isObject, textOf } from '../reading/read-json.ts';
import type { ItemFailure, SourceAsset, SourcePage } from '../source-model.ts';
import type { EcClient } from './ec-client.ts';
import { mostPrints, readEcState, type EcMemory, type EcState } from './ec-cursor.ts';
import { toEcAsset } from './ec-mapping.ts';

const dayMs = 24 * 3_600_000;
/** How often everything is read again; what a larger list has lost is then noticed late, and not by its count. */
const wholeAgainMs = { small: 7 * dayMs, large: 30 * dayMs };
const largeList = 20_000;
/** Pages of changes after which it is as well to read everything. */
const mostChangedPages = 20;

type Changes = Extract<EcState, { at: 'changes' }>;
type Whole = Extract<EcState, { at: 'whole' }>;
type Step = RunStep<EcState>;

/**
 * The pages of the portal, which lists whole documents, newest first, and knows no "changed since".
 *
 * A later run reads from the top until a page holds nothing new. Everything is read again once a week, and whenever
 * the portal's own count says that a document is gone; only then is something withdrawn.
 */
export async function* readEcPages(
  deps: { client: EcClient; now: () => number },
  cursor: string | null,
  signal: AbortSignal,
): AsyncGenerator<SourcePage> {
  yield* runSteps(
    begin(cursor, deps.now()),
    (state) => (state.at === 'whole' ? wholeStep(deps, state, signal) : changesStep(deps, state, signal)),
    JSON.stringify,
  );
}

function begin(cursor: string | null, nowMs: number): EcState {
  if (cursor === null) return whole(nowMs);
  const state = readEcState(cursor);
  if (state.at !== 'rest') return state;
  const { memory } = state;
  return { at: 'changes', offset: 0, added: 0, memory, next: { ...memory, prints: [], validators: null } };
}

function whole(nowMs: number): Whole {
  const next = { prints: [], total: 0, wholeAtMs: nowMs, validators: null };
  return { at: 'whole', offset: 0, total: null, complete: true, next };
}

async function wholeStep(deps: { client: EcClient }, state: Whole, signal: AbortSignal): Promise<Step> {
  const page = await deps.client.page({ offset: state.offset }, signal);
  if (page === null) throw new RushesError('SOURCE_UNAVAILABLE', 'The portal left its answer out.');
  const { assets, failures, prints } = readDocs(page.docs, state.offset);
  // Documents that were taken away meanwhile let the following ones move up: what stands there is read again.
  const lost = Math.max(0, (state.total ?? page.total) - page.total);
  const offset = Math.max(0, state.offset - lost) + (lost > 0 ? 0 : page.docs.length);
  const cutOff = page.docs.length === 0 && state.offset < page.total;
  const isLast = lost === 0 && (offset >= page.total || page.docs.length === 0);
  const why = `The portal shows ${state.offset} of its ${page.total} videos.`;
  const all = cutOff ? [...failures, { where: `index ${state.offset + 1}`, why }] : failures;
  const next: EcMemory = {
    ...state.next,
    prints: lost > 0 ? state.next.prints : [...state.next.prints, ...prints].slice(0, mostPrints),
    total: page.total,
    validators: state.offset === 0 ? page.validators : state.next.validators,
  };
  const complete = state.complete && !cutOff;
  const total = page.total;
  if (!isLast) {
    return {
      page: { assets, failures: all, total, ends: 'more' },
      next: { at: 'whole', offset, total, complete, next },
    };
  }
  return {
    page: { assets, failures: all, total, ends: complete ? 'everything' : 'changes' },
    next: { at: 'rest', memory: next },
  };
}

async function changesStep(
  deps: { client: EcClient; now: () => number },
  state: Changes,
  signal: AbortSignal,
): Promise<Step> {
  const { memory, offset } = state;
  const known = offset === 0 ? memory.validators : null;
  const page = await deps.client.page({ offset, known }, signal);
  if (page === null) return ended(memory, { assets: [], failures: [] }, deps.now());
  const { assets, failures, prints } = readDocs(page.docs, offset);
  const before = new Map(memory.prints);
  const now = new Map(prints);
  const news = assets.filter(({ externalId }) => before.get(externalId) !== now.get(externalId));
  const added = state.added + news.filter(({ externalId }) => !before.has(externalId)).length;
  const next: EcMemory = {
    ...state.next,
    prints: [...state.next.prints, ...prints].slice(0, mostPrints),
    total: page.total,
    validators: offset === 0 ? page.validators : state.next.validators,
  };
  const behind = offset + page.docs.length;
  if (news.length > 0 && page.docs.length > 0 && behind < page.total) {
    const tooMany = behind >= mostChangedPages * page.docs.length;
    return {
      page: { assets: news, failures, total: null, ends: 'more' },
      next: tooMany ? whole(deps.now()) : { ...state, offset: behind, added, next },
    };
  }
  // What stands behind the pages that were read is as it was.
  const told = new Set(next.prints.map(([ref]) => ref));
  const rest = memory.prints.filter(([ref]) => !told.has(ref));
  const kept = { ...next, prints: [...next.prints, ...rest].slice(0, mostPrints) };
  const isShort = page.total !== memory.total + added && page.total <= largeList;
  const read = { assets: news, failures };
  return isShort
    ? { page: { ...read, total: null, ends: 'more' }, next: whole(deps.now()) }
    : ended(kept, read, deps.now());
}

function ended(
  memory: EcMemory,
  read: { assets: readonly SourceAsset[]; failures: readonly ItemFailure[] },
  nowMs: number,
): Step {
  const againMs = memory.total > largeList ? wholeAgainMs.large : wholeAgainMs.small;
  // A clock that was years ahead has left a time that is long in coming.
  return Math.abs(nowMs - memory.wholeAtMs) >= againMs
    ? { page: { ...read, total: null, ends: 'more' }, next: whole(nowMs) }
    : { page: { ...read, total: null, ends: 'changes' }, next: { at: 'rest', memory } };
}

function readDocs(
  docs: readonly unknown[],
  offset: number,
): { assets: SourceAsset[]; failures: ItemFailure[]; prints: [string, string][] } {
  const assets: SourceAsset[] = [];
  const failures: ItemFailure[] = [];
  for (const [n, doc] of docs.entries()) {
    const asset = isObject(doc) ? toEcAsset(doc) : null;
    if (asset !== null) assets.push(asset);
    else {
      const ref = isObject(doc) ? textOf(doc['ref']) : null;
      failures.push({ where: ref ?? `index ${offset + n + 1}`, why: 'It has no reference or no title.' });
    }
  }
  return { assets, failures, prints: assets.map((asset) => [asset.externalId, printOf(asset)]) };
}

/** Of what is understood of a document: its count of views changes by the hour and is nobody's news. */
function printOf(asset: SourceAsset): string {
  return createHash('sha1').update(JSON.stringify(asset)).digest('base64url').slice(0, 10);
}
