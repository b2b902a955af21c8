import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { evidenceOf, type Answer, type Asker, type Validators } from '../asker.ts';
import { isObject, momentOf, readJsonObject, textOf, type Loose } from '../reading/read-json.ts';
import type { ListedItem } from '../json-api/item-api.ts';
import { archiveEndpoints } from './endpoints.ts';

/** A page of a search by cursor. */
export interface ScrapedPage {
  readonly items: readonly ListedItem[];
  readonly next: string | null;
  readonly total: number | null;
  readonly validators: Validators;
}

/** Speaks the Archive's search and metadata API. */
export interface ArchiveClient {
  /** Null for a 304. @throws RushesError CONFLICT when the cursor is no longer known, and as an asker does. */
  scrape(
    search: { readonly query: string; readonly cursor: string | null; readonly known: Validators | null },
    signal: AbortSignal,
  ): Promise<ScrapedPage | null>;
  count(query: string, signal: AbortSignal): Promise<number | null>;
  /** All that is told of an item; an empty object when there is none. */
  metadata(id: string, signal: AbortSignal): Promise<Loose>;
}

/** Builds the client of the Archive, or of a mirror of its API. */
export function createArchiveClient(deps: { ask: Asker; base: string }): ArchiveClient {
  const get = (
    path: string,
    query: Record<string, string>,
    more: { signal: AbortSignal; known?: Validators },
  ): Promise<Answer> => {
    const url = new URL(deps.base + path);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return deps.ask.get({ url: url.href, accept: 'application/json', ...more });
  };
  return {
    scrape: async ({ query, cursor, known }, signal) => {
      const { scrapePath, pageSize, changedField } = archiveEndpoints;
      const asked = {
        q: query,
        fields: `identifier,${changedField}`,
        count: String(pageSize),
        ...(cursor === null ? {} : { cursor }),
      };
      const answer = await get(scrapePath, asked, { signal, ...(known ? { known } : {}) }).catch(
        (error: unknown) => {
          throw cursor !== null && isCursorLost(error) ? lostCursor() : error;
        },
      );
      return answer.status === 304 ? null : readScraped(answer, cursor);
    },
    count: async (query, signal) => {
      const answer = await get(archiveEndpoints.scrapePath, { q: query, total_only: 'true' }, { signal });
      return totalOf(withoutError(readJsonObject(answer), answer));
    },
    metadata: async (id, signal) => {
      const path = archiveEndpoints.metadataPath + encodeURIComponent(id);
      try {
        return readJsonObject(await get(path, {}, { signal }));
      } catch (error) {
        // The Archive says {} of what it has not; a mirror may say 404.
        if (error instanceof RushesError && error.code === 'NOT_FOUND') return {};
        throw error;
      }
    },
  };
}

function readScraped(answer: Answer, cursor: string | null): ScrapedPage {
  const json = readJsonObject(answer);
  if (cursor !== null && /cursor/i.test(textOf(json['error']) ?? '')) throw lostCursor();
  const { items } = withoutError(json, answer);
  if (!Array.isArray(items)) {
    throw new RushesError(
      'SOURCE_CHANGED',
      'The Internet Archive answers in a form that Rushes does not know.',
      {
        detail: evidenceOf(answer),
      },
    );
  }
  return {
    items: items.filter(isObject).flatMap((row) => {
      const id = textOf(row['identifier']);
      return id === null ? [] : [{ id, changedAtMs: lastChange(row[archiveEndpoints.changedField]) }];
    }),
    next: textOf(json['cursor']),
    total: totalOf(json),
    validators: answer.validators,
  };
}

/** One stamp, or a list with one for each change. */
function lastChange(value: unknown): number | null {
  const moments = [value ?? []]
    .flat()
    .map(momentOf)
    .filter((ms) => ms !== null);
  return moments.length === 0 ? null : Math.max(...moments);
}

function totalOf(json: Loose): number | null {
  const total = Number(textOf(json['total']) ?? Number.NaN);
  return Number.isSafeInteger(total) && total >= 0 ? total : null;
}

/** The Archive says what is wrong in a 200 too. */
function withoutError(json: Loose, answer: Answer): Loose {
  const error = textOf(json['error']);
  if (error === null) return json;
  throw new RushesError(
    'SOURCE_UNAVAILABLE',
    `The Internet Archive answers with an error: ${error.slice(0, 200)}`,
    {
      detail: evidenceOf(answer),
    },
  );
}

function isCursorLost(error: unknown): boolean {
  return error instanceof RushesError && /^status 400\b.*cursor/is.test(error.facts.detail ?? '');
}

function lostCursor(): RushesError {
  return new RushesError(
    'CONFLICT',
    'The Internet Archive no longer knows the place where the last sync ended.',
  );
}
