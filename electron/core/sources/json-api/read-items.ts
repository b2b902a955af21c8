import { anEmptyAsset } from '../reading/assets.ts';
import type { ItemFailure, SourceAsset, SourcePage } from '../source-model.ts';
import type { ChangedPage, ItemApi, ListedItem } from './item-api.ts';
import {
  emptyMemory,
  overlapMs,
  readRunState,
  writeRunState,
  type Memory,
  type RunState,
} from './item-cursor.ts';
import { runSteps, type RunStep } from './run-steps.ts';

/** How often everything is listed again, only to see what is gone, in milliseconds. */
const listAgainMs = 7 * 24 * 3_600_000;
/** Missing items that are asked for by themselves in one run; the others wait for the next. */
const mostMissing = 500;

type Changes = Extract<RunState, { at: 'changes' }>;
type Listing = Extract<RunState, { at: 'list' }>;
type Step = RunStep<RunState>;
interface Read {
  readonly assets: SourceAsset[];
  readonly failures: ItemFailure[];
}

/**
 * The pages of a source that lists ids and tells of each item by itself.
 *
 * The first run lists and reads everything. The next ones ask for changes, newest first. Once a week, and whenever the
 * source's own count says that something is missing, the ids are listed again; what is listed no more is asked for by
 * itself, and only what the source then says is gone is withdrawn, so that a search index with gaps withdraws nothing.
 */
export async function* readItems(
  deps: {
    api: ItemApi;
    /** The kind of source, so that the ids of one are never taken for those of another. */
    of: string;
    now: () => number;
  },
  cursor: string | null,
  signal: AbortSignal,
): AsyncGenerator<SourcePage> {
  yield* runSteps(
    begin(cursor, deps),
    (state) => (state.at === 'list' ? listStep(deps, state, signal) : changesStep(deps, state, signal)),
    (state) => writeRunState(state, deps.of),
  );
}

function begin(cursor: string | null, { of, now }: { of: string; now: () => number }): RunState {
  if (cursor === null) return listing(emptyMemory(), { fresh: true, nowMs: now() });
  const state = readRunState(cursor, of);
  if (state.at !== 'rest') return state;
  const { memory } = state;
  return { at: 'changes', place: null, sinceMs: Math.max(0, (memory.newestMs ?? 0) - overlapMs), memory };
}

function listing(memory: Memory, { fresh, nowMs }: { fresh: boolean; nowMs: number }): Listing {
  return { at: 'list', place: null, listed: new Set(), fresh, whole: true, startedAtMs: nowMs, memory };
}

async function listStep(deps: { api: ItemApi }, state: Listing, signal: AbortSignal): Promise<Step> {
  const { memory, fresh } = state;
  const answer = await deps.api.list(state.place, signal);
  const wanted = answer.items.filter(({ id }) => (fresh ? !state.listed?.has(id) : !memory.known?.has(id)));
  for (const { id } of answer.items) state.listed?.add(id);
  const read = await readAll(deps.api, { items: wanted, memory, tellGone: () => false }, signal);
  read.failures.push(...answer.failures);
  const whole = state.whole && answer.failures.length === 0;
  const total = fresh ? answer.total : null;
  if (answer.next !== null) {
    return { page: { ...read, total, ends: 'more' }, next: { ...state, whole, place: answer.next } };
  }
  const compared = memory.known !== null;
  if (compared) await readMissing(deps.api, { state, read }, signal);
  memory.known = state.listed;
  memory.listedAtMs = state.startedAtMs;
  memory.offBy = offBy(memory, answer.total);
  // Without anything to compare with, what the run did not show is gone; else each missing item was asked for.
  const ends = !compared && whole ? 'everything' : 'changes';
  return { page: { ...read, total, ends }, next: { at: 'rest', memory } };
}

/** Asks for each item that is listed no more. One that is still there stays known. */
async function readMissing(
  api: ItemApi,
  { state, read }: { state: Listing; read: Read },
  signal: AbortSignal,
): Promise<void> {
  const missing = [...(state.memory.known ?? [])].filter((id) => state.listed?.has(id) === false);
  const asked = missing.slice(0, mostMissing);
  const items = asked.map((id) => ({ id, changedAtMs: null }));
  const found = await readAll(api, { items, memory: state.memory, tellGone: () => true }, signal);
  read.assets.push(...found.assets);
  read.failures.push(...found.failures);
  const gone = new Set(
    found.assets.filter(({ status }) => status === 'withdrawn').map((asset) => asset.externalId),
  );
  for (const id of missing) if (!gone.has(id)) state.listed?.add(id);
}

async function changesStep(
  deps: { api: ItemApi; now: () => number },
  state: Changes,
  signal: AbortSignal,
): Promise<Step> {
  const { memory, sinceMs, place } = state;
  const known = place === null && memory.validators?.sinceMs === sinceMs ? memory.validators : null;
  const answer = await deps.api.changes({ ms: sinceMs, place, known }, signal);
  const isNews = ({ id, changedAtMs }: ListedItem): boolean =>
    changedAtMs === null || (changedAtMs >= sinceMs && memory.recent.get(id) !== changedAtMs);
  const news = answer.kind === 'same' ? [] : answer.items.filter(isNews);
  const items = place === null ? [...again(memory, news), ...news] : news;
  const tellGone = (id: string): boolean => memory.known?.has(id) ?? true;
  const read = await readAll(deps.api, { items, memory, tellGone }, signal);
  if (answer.kind === 'page' && place === null) memory.validators = { ...answer.validators, sinceMs };
  if (answer.kind === 'page' && !isBehind(answer, sinceMs)) {
    const next: RunState = answer.cutOff
      ? listing(memory, { fresh: true, nowMs: deps.now() })
      : { ...state, place: answer.next };
    return { page: { ...read, total: null, ends: 'more' }, next };
  }
  if (isListingDue(memory, answer.total, deps.now())) {
    return {
      page: { ...read, total: null, ends: 'more' },
      next: listing(memory, { fresh: false, nowMs: deps.now() }),
    };
  }
  return { page: { ...read, total: null, ends: 'changes' }, next: { at: 'rest', memory } };
}

/** Whether what follows a page is older than what is asked for, or nothing. */
function isBehind(page: Extract<ChangedPage, { kind: 'page' }>, sinceMs: number): boolean {
  const last = page.items.at(-1)?.changedAtMs ?? null;
  return (page.next === null && !page.cutOff) || (last !== null && last < sinceMs);
}

function again(memory: Memory, news: readonly ListedItem[]): ListedItem[] {
  const told = new Set(news.map(({ id }) => id));
  return [...memory.again].filter((id) => !told.has(id)).map((id) => ({ id, changedAtMs: null }));
}

function isListingDue(memory: Memory, total: number | null, nowMs: number): boolean {
  if (memory.known === null) return false;
  if (nowMs - memory.listedAtMs >= listAgainMs) return true;
  const now = offBy(memory, total);
  return now !== null && memory.offBy !== null && now !== memory.offBy;
}

function offBy(memory: Memory, total: number | null): number | null {
  return memory.known === null || total === null ? null : total - memory.known.size;
}

async function readAll(
  api: ItemApi,
  wish: { items: readonly ListedItem[]; memory: Memory; tellGone: (id: string) => boolean },
  signal: AbortSignal,
): Promise<Read> {
  const read: Read = { assets: [], failures: [] };
  const { memory } = wish;
  for (const { id, changedAtMs } of wish.items) {
    const found = await api.item(id, signal);
    memory.again.delete(id);
    if (found.kind === 'odd') {
      memory.again.add(id);
      read.failures.push({ where: id, why: found.why });
    } else if (found.kind === 'gone') {
      if (wish.tellGone(id)) read.assets.push(tombstone(id, found.reason));
      memory.known?.delete(id);
      memory.recent.delete(id);
      continue;
    } else if (found.kind === 'asset') {
      read.assets.push(found.asset);
    }
    memory.known?.add(id);
    if (changedAtMs === null) continue;
    memory.newestMs = Math.max(memory.newestMs ?? 0, changedAtMs);
    memory.recent.set(id, changedAtMs);
  }
  return read;
}

/** An item that is gone; what was told of it before stays with those who keep it. */
function tombstone(id: string, reason: string): SourceAsset {
  return anEmptyAsset({ externalId: id, title: '', status: 'withdrawn', statusReason: reason });
}
