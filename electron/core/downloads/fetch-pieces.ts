import { HttpFault } from '../http/http-client.ts';
import { ask, type Answer, type BodyAnswer } from './ask.ts';
import { withoutRanges, type Joint } from './joint.ts';
import { slotEndOf } from './open-link.ts';
import { ofError, ofHttpFault, ofOddity, type Oddity, type Outcome } from './outcome.ts';
import type { ByteRange, PieceQueue } from './plan-pieces.ts';
import { pump } from './pump.ts';
import type { SpeedFloor } from './speed-floor.ts';
import { createStrikes, type Strikes } from './strikes.ts';
import { knownOf, type Line, type Target } from './transfer-context.ts';

/** What is to be fetched, and how. */
export interface PieceWork {
  readonly line: Line;
  readonly target: Target;
  readonly joint: Joint;
  readonly floor: SpeedFloor;
  readonly queue: PieceQueue;
  /** Length of one journalled run, in bytes. */
  readonly pieceBytes: number;
  readonly connections: number;
  /** Whether bytes of before are at stake: then a server that forgets how ranges work gets another chance. */
  readonly hasJournalled: boolean;
  /** Whether a server without ranges is waited for, before what is here is given up. */
  readonly mayWait: boolean;
  /** The first response, already checked, whose body is the first piece. */
  readonly first: FirstPiece | null;
  readonly signal: AbortSignal;
}

/** A piece whose response has come already. */
export interface FirstPiece {
  readonly answer: BodyAnswer;
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
const tooSlow: Oddity = { kind: 'odd', reason: 'TOO_SLOW', detail: 'The server sends next to nothing.' };
/** How often in a row, on all connections together, a server may forget how ranges work while bytes are at stake. */
const mostForgotten = 3;
/** Failures in a row without a byte after which a connection is one too many, while others go on. */
const crowdedAfter = 2;

type Refusal = Exclude<Answer, BodyAnswer>;

/** The connections of one attempt. The first decision that ends the attempt ends all of them. */
class Crew {
  readonly #work: PieceWork;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  #active = 0;
  #forgotten = 0;
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
      this.#settle(this.#signal.aborted ? { kind: 'stopped' } : ofError(error));
    }
  }

  async #loop(first: FirstPiece | null): Promise<void> {
    const { line, target, queue } = this.#work;
    const strikes = createStrikes({ baseMs: line.pauseMs, random: line.random });
    const pieceEnded = target.journal.connection();
    let begun = first;
    while (!this.#signal.aborted) {
      const range = begun ? begun.range : queue.take();
      if (!range) break;
      const answer = begun ? begun.answer : await this.#ask(range);
      begun = null;
      if ((await this.#use(answer, range, strikes)) === 'leave') return;
      await pieceEnded();
    }
    // Told to stop before its body was begun to be read.
    await begun?.answer.response.discard();
    this.#leave();
  }

  async #ask(range: ByteRange): Promise<Answer> {
    const { line, target, joint } = this.#work;
    try {
      const answer = await ask(line, { range, known: knownOf(line, target.identity) }, this.#signal);
      if (answer.kind === 'other') return (await joint.examine(answer.etag)) ?? { kind: 'again' };
      if (answer.kind !== 'body' || joint.holds(answer)) return answer;
      // A place that was not seen before and gives no strong sign that it has the same file.
      answer.slot.release('fine');
      await answer.response.discard();
      return (await joint.prove()) ?? { kind: 'again' };
    } catch (error) {
      if (error instanceof HttpFault) return ofHttpFault(error);
      throw error;
    }
  }

  async #use(answer: Answer, range: ByteRange, strikes: Strikes): Promise<'go on' | 'leave'> {
    const { queue } = this.#work;
    if (answer.kind !== 'body') {
      queue.giveBack(range);
      return this.#meet(answer, strikes);
    }
    const { verdict } = answer;
    const end = verdict.kind === 'piece' ? Math.min(verdict.range.end, range.end) : range.end;
    const { at, trouble } = await this.#take(answer, { start: range.start, end });
    queue.giveBack({ start: at, end: range.end });
    if (trouble === tooSlow) return this.#meet(tooSlow, strikes);
    if (at > range.start) {
      strikes.clear();
      this.#forgotten = 0;
    }
    if (at < end) return this.#meet(trouble ?? cutShort, strikes);
    return 'go on';
  }

  /** Reads a body to its place; `trouble` is what ended it, if it did not end well. */
  async #take(answer: BodyAnswer, range: ByteRange): Promise<{ at: number; trouble: Refusal | null }> {
    const { line, target, floor } = this.#work;
    const watched = floor.watch(answer.abort);
    const onBytes = (count: number): void => {
      watched.add(count);
      line.onBytes(count);
    };
    let fault: HttpFault | null = null;
    try {
      const place = { ...range, runBytes: this.#work.pieceBytes };
      const pumped = await pump(answer.response, place, {
        line: { ...line, onBytes },
        target,
        signal: answer.signal,
      });
      fault = pumped.fault;
      if (watched.wasSlow()) return { at: pumped.at, trouble: pumped.at < range.end ? tooSlow : null };
      return { at: pumped.at, trouble: fault ? ofHttpFault(fault) : null };
    } finally {
      watched.end();
      answer.slot.release(slotEndOf(fault));
    }
  }

  /** Decides after an answer without all its bytes whether this connection goes on, leaves, or the attempt ends. */
  async #meet(answer: Refusal, strikes: Strikes): Promise<'go on' | 'leave'> {
    if (answer.kind === 'again') return 'go on';
    const odd = this.#oddityOf(answer);
    // A server or line that is too weak for one connection more may still serve the others.
    const others = this.#active > 1;
    if (odd && !strikes.note(odd) && !(others && isCrowded(odd, strikes))) {
      await strikes.pause(this.#signal);
      return 'go on';
    }
    const ending = this.#endingOf(answer);
    this.#leave();
    if (others && ending.kind === 'wait' && ending.delay.kind === 'backoff') {
      this.#work.line.learnt.connections = Math.max(1, this.#active);
    } else this.#settle(ending);
    return 'leave';
  }

  #oddityOf(answer: Refusal): Oddity | null {
    if (answer.kind === 'odd') return answer;
    if (answer.kind !== 'no-range' || !this.#work.hasJournalled) return null;
    if (++this.#forgotten >= mostForgotten) return null;
    return { kind: 'odd', reason: 'SERVER_PROTOCOL', detail: answer.detail };
  }

  #endingOf(answer: Exclude<Refusal, { kind: 'again' }>): Outcome {
    const { learnt } = this.#work.line;
    if (answer.kind === 'no-range') return withoutRanges(this.#work.mayWait, answer.detail);
    if (answer.kind === 'other') return { kind: 'restart', why: 'changed', detail: answer.detail };
    if (answer.kind !== 'odd') return answer;
    if (!answer.outlived || learnt.outlived) return ofOddity(answer);
    learnt.outlived = true;
    return { kind: 'restart', why: 'changed', detail: answer.detail };
  }

  /** Counted at once, not when the promise ends: the last connection must know that it is the last. */
  #leave(): void {
    this.#active--;
  }

  #settle(ending: Outcome): void {
    const before = this.#outcome;
    // Of several that end at once, the one that saw the cause says more than those that only heard of it.
    const isCause = ending.kind === 'fail' && before?.kind === 'wait' && before.reason === ending.reason;
    if (isCause || (!before && ending.kind !== 'stopped')) this.#outcome = ending;
    this.#stop.abort();
  }
}

/** A host that breaks this connection off before a byte comes, while others are served. */
function isCrowded(odd: Oddity, strikes: Strikes): boolean {
  return odd.reason === 'NETWORK_DISCONNECTED' && strikes.count() >= crowdedAfter;
}
