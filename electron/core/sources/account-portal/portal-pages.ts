import * as z from 'zod';
import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { assetSchema, portalEventSchema } from '../../../../shared/portal-api/asset.ts';
import {
  assetPageSchema,
  eventListSchema,
  largestPageSize,
} from '../../../../shared/portal-api/catalogue.ts';
import { portalPaths } from '../../../../shared/portal-api/paths.ts';
import { evidenceOf, type Asker } from '../asker.ts';
import { isObject, readJsonObject, textOf } from '../reading/read-json.ts';
import type { ItemFailure, SourceAsset, SourceEvent, SourcePage } from '../source-model.ts';
import { readPortalRefusal } from './portal-client.ts';
import { readPortalCursor, writePortalCursor, type PortalCursor } from './portal-cursor.ts';
import { toSourceAsset, toSourceEvent } from './portal-mapping.ts';

/** The largest JSON answer that is read, in bytes: a page of a hundred assets with long texts is well below. */
const largestAnswerBytes = 16 * 1024 * 1024;

// Items are read one by one, so that a single odd one costs itself and not the page.
const loosePage = assetPageSchema.extend({ items: z.array(z.unknown()) });
const looseEvents = eventListSchema.extend({ items: z.array(z.unknown()) });

interface Reading {
  readonly ask: Asker;
  readonly baseUrl: string;
  readonly signal: AbortSignal;
}

/** Reads a portal from a cursor on: its events, then the pages of its assets, or of those that changed. */
export async function* readPortalPages(reading: Reading, from: string | null): AsyncGenerator<SourcePage> {
  let at = readPortalCursor(from);
  if (at.stage === 'events') {
    const told = await readEvents(reading);
    at = { ...at, stage: 'assets', page: null };
    yield {
      assets: [],
      ...told,
      cursor: writePortalCursor(at),
      total: null,
      ends: 'more',
    };
  }
  for (let more = true; more;) {
    const { page, next } = await readAssets(reading, at);
    more = next !== null;
    at = next ?? at;
    yield page;
  }
}

async function readEvents(
  reading: Reading,
): Promise<Pick<SourcePage, 'failures'> & { events: SourceEvent[] }> {
  const { items } = await askFor(reading, portalPaths.events, looseEvents);
  const events: SourceEvent[] = [];
  const failures: ItemFailure[] = [];
  for (const [n, item] of items.entries()) {
    const parsed = portalEventSchema.safeParse(item);
    if (parsed.success) events.push(toSourceEvent(parsed.data));
    // An asset names its event and is told by itself, so none is missing for it.
    else failures.push({ where: whereOf('event', item, n), why: whyOf(parsed.error), mayHideAsset: false });
  }
  return { events, failures };
}

/** A page of assets, and where the next one is; null behind the last one. */
async function readAssets(
  reading: Reading,
  at: PortalCursor,
): Promise<{ page: SourcePage; next: PortalCursor | null }> {
  const query = new URLSearchParams({ limit: String(largestPageSize) });
  if (at.since !== null) query.set('changedSince', at.since);
  if (at.page !== null) query.set('cursor', at.page);
  const told = await askFor(reading, `${portalPaths.assets}?${query.toString()}`, loosePage);
  const next = told.nextCursor === null ? null : { ...at, page: told.nextCursor };
  // The mark of the changes is only worth keeping when the listing that began with it is through.
  const after: PortalCursor = next ?? { since: told.changeCursor, stage: 'events', page: null };
  const page: SourcePage = {
    ...readItems(told.items),
    cursor: writePortalCursor(after),
    total: told.total,
    ends: next !== null ? 'more' : at.since === null ? 'everything' : 'changes',
  };
  return { page, next };
}

function readItems(items: readonly unknown[]): { assets: SourceAsset[]; failures: ItemFailure[] } {
  const assets: SourceAsset[] = [];
  const failures: ItemFailure[] = [];
  for (const [n, item] of items.entries()) {
    const parsed = assetSchema.safeParse(item);
    if (parsed.success) assets.push(toSourceAsset(parsed.data));
    else failures.push({ where: whereOf('asset', item, n), why: whyOf(parsed.error) });
  }
  return { assets, failures };
}

function whereOf(what: 'asset' | 'event', item: unknown, n: number): string {
  const id = isObject(item) ? textOf(item['id']) : null;
  return id === null ? `${what} ${n + 1} of its page` : `${what} ${id.slice(0, 100)}`;
}

function whyOf(error: z.ZodError): string {
  const [issue] = error.issues;
  const field = issue?.path.join('.') ?? '';
  return field === '' ? 'It is nothing of the kind.' : `Its field "${field}": ${issue?.message ?? 'odd'}.`;
}

/** The portal's answer in its shape, by the one polite way to ask. */
async function askFor<T>({ ask, baseUrl, signal }: Reading, path: string, shape: z.ZodType<T>): Promise<T> {
  const answer = await ask.get({
    url: baseUrl + path,
    accept: 'application/json',
    maxBytes: largestAnswerBytes,
    readRefusal: readPortalRefusal,
    signal,
  });
  const parsed = shape.safeParse(readJsonObject(answer));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = `${path.split('?')[0]}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`;
  throw new RushesError('SOURCE_CHANGED', `${baseUrl} answered something else than the portal's contract.`, {
    detail: `${where} · ${evidenceOf(answer)}`,
  });
}
