import { RushesError } from '../../../../shared/errors/rushes-error.ts';

/** Parameters of an address that say who is asking. */
const telling = /key|token|secret|signature|^sig$|passw|^auth/i;
/** Shorter than this, in characters, is no secret, and would blot out other words. */
const shortest = 4;

/** What of a question is nobody's business but the asked one's: its headers, and the parameters that are a key. */
export function secretsOf(question: {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}): string[] {
  const inAddress = [...(URL.parse(question.url)?.searchParams ?? [])].flatMap(([name, value]) =>
    telling.test(name) ? [value] : [],
  );
  const inHeaders = Object.values(question.headers ?? {}).map((value) =>
    value.replace(/^(bearer|basic) /i, ''),
  );
  return [...inAddress, ...inHeaders];
}

/** An error without secrets, which a server may have sent back in its own words. */
export function withoutSecrets(error: unknown, secrets: readonly string[]): unknown {
  const hidden = secrets.filter((secret) => secret.length >= shortest);
  if (!(error instanceof RushesError) || hidden.length === 0) return error;
  const clean = (text: string): string =>
    hidden.reduce(
      (left, one) => left.replaceAll(one, '***').replaceAll(encodeURIComponent(one), '***'),
      text,
    );
  const { message, facts } = error;
  const detail = facts.detail === undefined ? {} : { detail: clean(facts.detail) };
  const cleaned = new RushesError(error.code, clean(message), { ...facts, ...detail });
  return error.cause === undefined ? cleaned : Object.assign(cleaned, { cause: error.cause });
}
