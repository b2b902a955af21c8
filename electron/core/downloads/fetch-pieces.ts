import { HttpFault } from '../http/http-client.ts';
import { ask, type Answer } from './ask.ts';
import { ofError, ofHttpFault, ofOddity, type Oddity, type Outcome } from './outcome.ts';
import type { ByteRange, PieceQueue } from './plan-pieces.ts';
import { pump } from './pump.ts';
import { createStrikes, type Strikes } from './strikes.ts';
import { knownOf, type Line, type Target } from './transfer-context.ts';

/** What is to be fetched, and how. */
export interface PieceWork {
  readonly line: Line;
  readonly target: Target;
  readonly queue: PieceQueue;
  readonly connections: number;
  /** Whether bytes of before are at stake: then a server that forgets how ranges work gets another chance. */
  readonly hasJournalled: boolean;
  /** The first response, already checked, whose body is the first piece. */
  readonly first: { readonly answer: Extract<Answer, { kind: 'body' }>; readonly range: ByteRange } | null;
  readonly signal: AbortSignal;
}

/** Fetches pieces over several connections until the queue is empty or something decides otherwise. */
export async function fetchPieces(work: PieceWork): Promise<Outcome> {
  const crew = createCrew(work);
  const workers = [crew.work(work.first)];
  for (let count = 1; count < work.connections; count++) workers.push(crew.work(null));
  await Promise.all(workers);
  // Whatever ended the attempt, bytes that came are kept.
  const flushed = await work.target.journal.flush().then(
    () => null,
    (error: unknown) => ofError(error),
  );
  if (flushed) return flushed;
  if (work.signal.aborted) return { kind: 'stopped' };
  return crew.outcome() ?? { kind: 'fetched' };
}

function createCrew(work: PieceWork) {
  const { line, target, queue } = work;
  const stop = new AbortController();
  const signal = AbortSignal.any([work.signal, stop.signal]);
  let outcome: Outcome | null = null;
  let active = 0;

  const settle = (ending: Outcome): void => {
    if (ending.kind !== 'stopped') outcome ??= ending;
    stop.abort();
  };

  /** Counted at once, not when the promise ends: the last connection must know that it is the last. */
  const leave = (): 'leave' => {
    active--;
    return 'leave';
  };

  const fetchOne = async (
    range: ByteRange,
    first: PieceWork['first'],
    strikes: Strikes,
  ): Promise<'go on' | 'leave'> => {
    const wanted = { range, known: knownOf(line, target.identity) };
    const answer = first?.answer ?? (await askOrFault(wanted));
    if (answer.kind !== 'body') {
      queue.giveBack(range);
      return meet(answer, strikes);
    }
    const end = answer.verdict.kind === 'piece' ? Math.min(answer.verdict.range.end, range.end) : range.end;
    const place = { start: range.start, end, runBytes: Number.MAX_SAFE_INTEGER };
    const pumped = await pump(answer.response, place, { line, target, signal });
    queue.giveBack({ start: pumped.at, end: range.end });
    if (pumped.at > range.start) strikes.clear();
    if (pumped.at < end) return meet(pumped.fault ? ofHttpFault(pumped.fault) : cutShort, strikes);
    await target.journal.flush();
    return 'go on';
  };

  const askOrFault = async (wanted: Parameters<typeof ask>[1]): Promise<Answer> => {
    try {
      return await ask(line, wanted, signal);
    } catch (error) {
      if (error instanceof HttpFault) return ofHttpFault(error);
      throw error;
    }
  };

  /** Decides after an answer without all its bytes whether this connection goes on, leaves, or the attempt ends. */
  const meet = async (
    answer: Exclude<Answer, { kind: 'body' }>,
    strikes: Strikes,
  ): Promise<'go on' | 'leave'> => {
    if (answer.kind === 'again') return 'go on';
    const restart: Outcome | null =
      answer.kind === 'no-range' ? { kind: 'restart', why: 'no-range', detail: answer.detail } : null;
    const odd: Oddity | null =
      answer.kind === 'odd'
        ? answer
        : restart && work.hasJournalled
          ? { kind: 'odd', reason: 'SERVER_PROTOCOL', detail: restart.detail }
          : null;
    if (odd && !strikes.note(odd)) {
      await strikes.pause(signal);
      return 'go on';
    }
    const ending = restart ?? (odd ? ofOddity(odd) : answer);
    // A server or line that is too weak for one connection more may still serve the others.
    if (ending.kind === 'wait' && ending.delay.kind === 'backoff' && active > 1) return leave();
    settle(ending as Outcome);
    return leave();
  };

  const loop = async (first: PieceWork['first']): Promise<void> => {
    const strikes = createStrikes({ baseMs: line.pauseMs, random: line.random });
    let begun = first;
    while (!signal.aborted) {
      const range = begun ? begun.range : queue.take();
      if (!range) break;
      if ((await fetchOne(range, begun, strikes)) === 'leave') return;
      begun = null;
    }
    leave();
  };

  return {
    outcome: () => outcome,
    work: async (first: PieceWork['first']): Promise<void> => {
      active++;
      try {
        await loop(first);
      } catch (error) {
        leave();
        settle(ofError(error));
      }
    },
  };
}

const cutShort: Oddity = { kind: 'odd', reason: 'NETWORK_DISCONNECTED', detail: 'The body was cut short.' };
