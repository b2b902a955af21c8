import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { evidenceOf, type Answer, type Asker, type Validators } from '../asker.ts';
import { isObject, readJsonObject, textOf, type Loose } from '../reading/read-json.ts';
import { ecEndpoints } from './endpoints.ts';

/** A page of documents. */
export interface EcPage {
  readonly docs: readonly unknown[];
  readonly total: number;
  readonly validators: Validators;
}

/** Speaks the portal's JSON. */
export interface EcClient {
  /** The documents behind the first `offset`; null for a 304. */
  page(
    question: { readonly offset: number; readonly size?: number; readonly known?: Validators | null },
    signal: AbortSignal,
  ): Promise<EcPage | null>;
  /** One document by its reference; null when there is none. */
  one(ref: string, signal: AbortSignal): Promise<Loose | null>;
}

/** Builds the client of one source: the whole portal, or what a search of it finds. */
export function createEcClient(deps: {
  ask: Asker;
  api: string;
  filters: Readonly<Record<string, string>>;
}): EcClient {
  const get = (
    query: Record<string, string>,
    { signal, known }: { signal: AbortSignal; known?: Validators | null | undefined },
  ): Promise<Answer> => {
    const url = new URL(deps.api);
    const all = { wt: 'json', type: 'VIDEO', fl: ecEndpoints.fields, ...query };
    for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
    return deps.ask.get({
      url: url.href,
      accept: 'application/json',
      signal,
      ...(known ? { known } : {}),
    });
  };
  return {
    page: async ({ offset, size = ecEndpoints.pageSize, known }, signal) => {
      // The index counts items, not pages, and from 1. `hasMedia` leaves out tapes that nobody has digitised.
      const paging = { index: String(offset + 1), pagesize: String(size), hasMedia: '1' };
      const answer = await get({ ...deps.filters, ...paging }, { signal, known });
      return answer.status === 304 ? null : readEcPage(answer);
    },
    one: async (ref, signal) => {
      const { docs } = readEcPage(await get({ ref, index: '1', pagesize: '1' }, { signal }));
      return docs.filter(isObject).find((doc) => textOf(doc['ref']) === ref) ?? null;
    },
  };
}

/** @throws RushesError SOURCE_UNAVAILABLE when the portal says that something is wrong, SOURCE_CHANGED when it is no page. */
export function readEcPage(answer: Answer): EcPage {
  const json = readJsonObject(answer);
  const { responseHeader: header, response, error, errors } = json;
  const detail = evidenceOf(answer);
  const status = isObject(header) ? Number(header['status'] ?? 0) : 0;
  if (status !== 0 || error !== undefined || errors !== undefined) {
    throw new RushesError('SOURCE_UNAVAILABLE', 'The portal answers with an error.', { detail });
  }
  const total = isObject(response) ? Number(response['numFound'] ?? Number.NaN) : Number.NaN;
  const docs = isObject(response) ? response['docs'] : null;
  if (!Array.isArray(docs) || !Number.isSafeInteger(total)) {
    throw new RushesError('SOURCE_CHANGED', 'The portal answers in a form that Rushes does not know.', {
      detail,
    });
  }
  return { docs, total, validators: answer.validators };
}
