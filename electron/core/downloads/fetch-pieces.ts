import { HttpFault } from '../http/http-client.ts';
import { ask, type Answer } from './ask.ts';
import { ofError, ofHttpFault, ofOddity, type Oddity, type Outcome } from './outcome.ts';
import type { ByteRange, PieceQueue } from './plan-pieces.ts';
import { pump } from './pump.ts';
import { createStrikes, type Strikes } from './strikes.ts';
import { knownOf, type Line, type Target } from './transfer-context.ts';

type Body = Extract<Answer, { kind: 'body' }>;

/** What is to be fetched, and how. */
export interface PieceWork {
  readonly line: Line;
  readonly target: Target;
  readonly queue: PieceQueue;
  readonly connections: number;
  /** Whether bytes of before are at stake: then a server that forgets how ranges work gets another chance. */
  readonly hasJournalled: boolean;
  /** The first response, already checked, whose body is the first piece. */
  readonly first: FirstPiece | null;
  readonly signal: AbortSignal;
}

/** A piece whose response has come already. */
export interface FirstPiece {
  readonly answer: Body;
  readonly range: ByteRange;
}

/** Fetches pieces over several connections until the queue is empty or something decides otherwise. */
export async function fetchPieces(work: PieceWork): Promise<Outcome> {
  const crew = new Crew(work);
  const connections = [crew.connect(work.first)];
  for (let count = 1; count < work.connections; count++) connections.push(crew.connect(null));
  await Promise.all(connections);
  // Whatever ended the attempt, bytes that came are kept.
  const failure = await work.target.journal.flush().then(
    () => null,
    (error: unknown) => ofError(error),
  );
  if (failure) return crew.outcome ?? failure;
  if (work.signal.aborted) return { kind: 'stopped' };
  return crew.outcome ?? { kind: 'fetched' };
}

const cutShort: Oddity = { kind: 'odd', reason: 'NETWORK_DISCONNECTED', detail: 'The body was cut short.' };

/** The connections of one attempt. The first decision that ends the attempt ends all of them. */
class Crew {
  readonly #work: PieceWork;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  #active = 0;
  #outcome: Outcome | null = null;

  constructor(work: PieceWork) {
    this.#work = work;
    this.#signal = AbortSignal.any([work.signal, this.#stop.signal]);
  }

  /** What ended the attempt early, if anything did. */
  get outcome(): Outcome | null {
    return this.#outcome;
  }

  /** Works as one connection until there is nothing left for it. */
  async connect(first: FirstPiece | null): Promise<void> {
    this.#active++;
    try {
      await this.#loop(first);
    } catch (error) {
      this.#leave();
      this.#settle(ofError(error));
    }
  }

  async #loop(first: FirstPiece | null): Promise<void> {
    const { line, queue } = this.#work;
    const strikes = createStrikes({ baseMs: line.pauseMs, random: line.random });
    let begun = first;
    while (!this.#signal.aborted) {
      const range = begun ? begun.range : queue.take();
      if (!range) break;
      const answer = begun ? begun.answer : await this.#ask(range);
      begun = null;
      if ((await this.#use(answer, range, strikes)) === 'leave') return;
    }
    this.#leave();
  }

  async #ask(range: ByteRange): Promise<Answer> {
    const { line, target } = this.#work;
    try {
      return await ask(line, { range, known: knownOf(line, target.identity) }, this.#signal);
    } catch (error) {
      if (error instanceof HttpFault) return ofHttpFault(error);
      throw error;
    }
  }

  async #use(answer: Answer, range: ByteRange, strikes: Strikes): Promise<'go on' | 'leave'> {
    const { line, target, queue } = this.#work;
    if (answer.kind !== 'body') {
      queue.giveBack(range);
      return this.#meet(answer, strikes);
    }
    const { verdict, response } = answer;
    const end = verdict.kind === 'piece' ? Math.min(verdict.range.end, range.end) : range.end;
    const place = { start: range.start, end, runBytes: Number.MAX_SAFE_INTEGER };
    const pumped = await pump(response, place, { line, target, signal: this.#signal });
    queue.giveBack({ start: pumped.at, end: range.end });
    if (pumped.at > range.start) strikes.clear();
    if (pumped.at < end) return this.#meet(pumped.fault ? ofHttpFault(pumped.fault) : cutShort, strikes);
    await target.journal.flush();
    return 'go on';
  }

  /** Decides after an answer without all its bytes whether this connection goes on, leaves, or the attempt ends. */
  async #meet(answer: Exclude<Answer, Body>, strikes: Strikes): Promise<'go on' | 'leave'> {
    if (answer.kind === 'again') return 'go on';
    const odd = this.#oddityOf(answer);
    if (odd && !strikes.note(odd)) {
      await strikes.pause(this.#signal);
      return 'go on';
    }
    const ending = endingOf(answer);
    // A server or line that is too weak for one connection more may still serve the others.
    const others = this.#active > 1;
    this.#leave();
    if (!(others && ending.kind === 'wait' && ending.delay.kind === 'backoff')) this.#settle(ending);
    return 'leave';
  }

  #oddityOf(answer: Exclude<Answer, Body>): Oddity | null {
    if (answer.kind === 'odd') return answer;
    if (answer.kind !== 'no-range' || !this.#work.hasJournalled) return null;
    return { kind: 'odd', reason: 'SERVER_PROTOCOL', detail: answer.detail };
  }

  /** Counted at once, not when the promise ends: the last connection must know that it is the last. */
  #leave(): void {
    this.#active--;
  }

  #settle(ending: Outcome): void {
    if (ending.kind !== 'stopped') this.#outcome ??= ending;
    this.#stop.abort();
  }
}

function endingOf(answer: Exclude<Answer, Body | { kind: 'again' }>): Outcome {
  if (answer.kind === 'no-range') return { kind: 'restart', why: 'no-range', detail: answer.detail };
  return answer.kind === 'odd' ? ofOddity(answer) : answer;
}
