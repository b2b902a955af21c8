import type { NetworkTest } from '../../../shared/contract/network.ts';
import type { Finding } from '../../../shared/contract/system.ts';
import { HttpFault, type HttpClient, type HttpFaultKind, type HttpResponse } from '../http/http-client.ts';
import type { Hop } from '../http/way-out.ts';
import type { Network } from './network.ts';

const waitMs = 15_000;
const clockOffMs = 5 * 60 * 1000;

interface TestDeps {
  readonly network: Network;
  readonly http: HttpClient;
  readonly now: () => number;
  readonly signal: AbortSignal | undefined;
}

/** Asks an address once, as a download would, and says step by step what works. */
export async function testWay(url: string, deps: TestDeps): Promise<NetworkTest> {
  const steps: Finding[] = [];
  const add = (name: string, state: Finding['state'], text: { value: string; hint?: string }): void =>
    void steps.push({ name, state, ...text });
  const done = (): NetworkTest => ({ ok: steps.every(({ state }) => state !== 'problem'), steps });

  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    add('Address', 'problem', { value: 'This is not an http or https address.' });
    return done();
  }
  const { problem, state, file, added } = deps.network.trust.standing();
  if (problem !== null) add('Certificates', state, { value: problem });
  else if (file !== '') add('Certificates', 'ok', { value: `${added} added from ${file}` });
  try {
    add('Way', 'ok', { value: wordsOf(await deps.http.route(url)) });
  } catch (error) {
    add('Way', 'problem', { value: messageOf(error), hint: 'Check the proxy script in the settings.' });
    return done();
  }
  const startedAtMs = deps.now();
  try {
    const response = await deps.http.request({
      url,
      // Whoever types an address here wants to know of that one, wherever it lies.
      policy: { insecureHttp: true, allowPrivate: true },
      headTimeoutMs: waitMs,
      ...(deps.signal ? { signal: deps.signal } : {}),
    });
    await response.discard();
    tellAnswer(response, deps.now() - startedAtMs, add);
    tellClock(response, deps.now(), add);
  } catch (error) {
    if (!(error instanceof HttpFault)) throw error;
    const hint = hints[error.kind];
    add('Answer', 'problem', { value: error.message, ...(hint === undefined ? {} : { hint }) });
  }
  return done();
}

type Add = (name: string, state: Finding['state'], text: { value: string; hint?: string }) => void;

function tellAnswer(response: HttpResponse, ms: number, add: Add): void {
  const { status } = response;
  // An answer of any kind proves the way; what it says of the page is another matter.
  if (status < 500) add('Answer', 'ok', { value: `The server answers (${status}, ${Math.round(ms)} ms).` });
  else {
    add('Answer', 'warning', {
      value: `There is an answer, but it is ${status}.`,
      hint: 'The server, or a proxy for it, has a failure of its own.',
    });
  }
}

function tellClock(response: HttpResponse, nowMs: number, add: Add): void {
  const told = Date.parse(response.headers['date'] ?? '');
  if (!Number.isFinite(told) || response.headers['age'] !== undefined) return;
  const minutes = Math.round((nowMs - told) / 60_000);
  if (Math.abs(nowMs - told) < clockOffMs) return;
  add('Clock', 'warning', {
    value: `This machine's clock is ${Math.abs(minutes)} minutes ${minutes > 0 ? 'ahead of' : 'behind'} the server's.`,
    hint: 'Set the date and time: certificates and links depend on them.',
  });
}

const hints: Readonly<Partial<Record<HttpFaultKind, string>>> = {
  'proxy-sign-in': 'Enter the user name and the password of the proxy in the settings under Network.',
  'proxy-unreachable': 'Check the address of the proxy in the settings under Network.',
  certificate: 'Ask whoever runs the network for its certificate file, and add it in the settings.',
  clock: 'Set the date and time of this machine.',
  offline: 'Connect this machine to the network.',
  unreachable: 'Check the address; a proxy may be needed to reach it.',
};

function wordsOf(hops: readonly Hop[]): string {
  const names = hops.map((hop) => (hop.kind === 'direct' ? 'straight' : `through the proxy ${hop.url}`));
  const [first = 'straight', ...rest] = names;
  return rest.length === 0 ? first : `${first}; if that fails ${rest.join(', then ')}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
