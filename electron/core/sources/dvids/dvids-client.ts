import { RushesError } from '../../../../shared/errors/rushes-error.ts';
import { evidenceOf, type Answer, type Asker, type Validators } from '../asker.ts';
import { readJsonObject, textOf, type Loose } from '../reading/read-json.ts';
import { withoutSecrets } from '../reading/without-secrets.ts';

/** A question to the API; the key is added here and nowhere else. */
export interface DvidsQuestion {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly known?: Validators;
  readonly signal: AbortSignal;
}

/** What the API said; null with a 304. */
export interface DvidsAnswer {
  readonly json: Loose | null;
  readonly validators: Validators;
}

/** Speaks the DVIDS API with the user's own key, which no error and no answer of it carries further. */
export interface DvidsClient {
  /** @throws RushesError KEY_NEEDED without a key or with a refused one, and as an asker does. */
  get(question: DvidsQuestion): Promise<DvidsAnswer>;
}

/** Builds the client of one source. */
export function createDvidsClient(deps: {
  ask: Asker;
  base: string;
  key: () => Promise<string | null>;
}): DvidsClient {
  return {
    get: async ({ path, query, known, signal }) => {
      const key = await deps.key();
      if (key === null) throw keyNeeded('DVIDS is read with your own API key.');
      const url = new URL(deps.base + path);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      url.searchParams.set('api_key', key);
      try {
        const accept = 'application/json';
        const answer = await deps.ask.get({ url: url.href, accept, signal, ...(known ? { known } : {}) });
        return { json: answer.status === 304 ? null : readAnswer(answer), validators: answer.validators };
      } catch (error) {
        throw withHint(withoutSecrets(error, [key]));
      }
    },
  };
}

/** DVIDS says what is wrong in a 200 too. */
function readAnswer(answer: Answer): Loose {
  const json = readJsonObject(answer);
  const errors = [json['errors'] ?? []].flat().map((error) => textOf(error) ?? JSON.stringify(error));
  if (errors.length === 0) return json;
  const detail = evidenceOf(answer);
  const said = errors.join(' ').slice(0, 200);
  if (/unauthori[sz]ed|not authori[sz]ed|api[ _-]?key|forbidden/i.test(said)) throw keyNeeded(said, detail);
  throw new RushesError('SOURCE_UNAVAILABLE', `DVIDS answers with an error: ${said}`, { detail });
}

function keyNeeded(message: string, detail?: string): RushesError {
  const hint = 'A key is free: sign in at https://api.dvidshub.net, make one, and give it with --key-stdin.';
  return new RushesError('KEY_NEEDED', message, detail === undefined ? { hint } : { hint, detail });
}

/** A refused key with where to get another. */
function withHint(error: unknown): unknown {
  if (!(error instanceof RushesError) || error.code !== 'KEY_NEEDED') return error;
  return new RushesError(error.code, error.message, { ...keyNeeded('').facts, ...error.facts });
}
