import { readRange } from '../files/read-range.ts';
import { HttpFault } from '../http/http-client.ts';
import { ask, type BodyAnswer } from './ask.ts';
import { ofHttpFault, ofOddity, type Oddity, type Outcome } from './outcome.ts';
import type { ByteRange } from './plan-pieces.ts';
import { isStrongEtag } from './remote-identity.ts';
import { createStrikes } from './strikes.ts';
import { knownOf, type Line, type Target } from './transfer-context.ts';

/** As much of what is here is fetched again to see whether it joins with what comes now, in bytes. */
const overlapBytes = 64 * 1024;
/** How often in a row other validators are met before the file counts as replaced, where no hash will tell. */
const mostStrangers = 6;
const replaced = 'The file on the server was replaced.';
const cutShort: Oddity = { kind: 'odd', reason: 'NETWORK_DISCONNECTED', detail: 'The body was cut short.' };

/** What joins bytes of now with those of before: proof that both are of one file. */
export interface Joint {
  /** Whether bytes are here that nothing but a look can join with others. */
  isOpen(): boolean;
  /** Whether the bytes of an answer may stand beside those that are here, without looking. */
  holds(answer: BodyAnswer): boolean;
  /** Fetches bytes that are here once more and compares them; all who ask at once share one look. Null: they are the same. */
  prove(): Promise<Outcome | null>;
  /**
   * Looks into an answer with other validators and the same length. Null: ask again; either the nodes of the server
   * disagree about one file, whose hash will decide at the end, or the right one is to be met next time.
   */
  examine(etag: string | null): Promise<Outcome | null>;
}

/** Makes the joint of one attempt. `begunAt` is the place of the very first bytes when nothing was here before. */
export function createJoint(deps: {
  line: Line;
  target: Target;
  /** Journalled runs, in order. */
  present: () => readonly ByteRange[];
  hasPromisedHash: boolean;
  onVary: () => void;
  /** Whether a server without ranges is waited for, before what is here is given up. */
  mayWait: boolean;
  begunAt: string | null;
  signal: AbortSignal;
}): Joint {
  const { line, target } = deps;
  const proven = new Set(deps.begunAt === null ? [] : [deps.begunAt]);
  let pending: Promise<Outcome | null> | null = null;
  let strangers = 0;

  const look = async (): Promise<Outcome | null> => {
    const range = overlapOf(deps.present());
    if (!range) return null;
    const fetched = await fetchOverlap(deps, range);
    if (fetched.kind !== 'bytes') return fetched;
    if (!fetched.bytes.equals(await readRange(target.part.path, range.start, range.end))) {
      return changed('Bytes that were fetched again are not those that are here.');
    }
    proven.add(fetched.place);
    return null;
  };
  const prove = (): Promise<Outcome | null> => {
    pending ??= look().finally(() => {
      pending = null;
    });
    return pending;
  };

  return {
    prove,
    isOpen: () => {
      const hasSign = !line.learnt.validatorsVary && isStrongEtag(target.identity.etag);
      return !hasSign && proven.size === 0 && overlapOf(deps.present()) !== null;
    },
    holds: (answer) => {
      const { etag } = target.identity;
      strangers = 0;
      if (!line.learnt.validatorsVary && isStrongEtag(etag) && answer.etag === etag) return true;
      return proven.has(answer.place) || !overlapOf(deps.present());
    },
    examine: async (etag) => {
      const { learnt } = line;
      if (learnt.validatorsVary) return null;
      const again = etag !== null && learnt.strayEtags.has(etag);
      for (const one of [etag, target.identity.etag]) if (one !== null) learnt.strayEtags.add(one);
      if (!deps.hasPromisedHash) {
        // Nothing would tell in the end that two files were mixed: only what has the right validators is taken.
        return ++strangers < mostStrangers ? null : changed(replaced);
      }
      await target.journal.flush();
      if (!overlapOf(deps.present()) && !again) return changed(replaced);
      const outcome = await prove();
      if (outcome) return outcome;
      learnt.validatorsVary = true;
      learnt.conditions = false;
      deps.onVary();
      return null;
    },
  };
}

/** The end of the first run: there the next bytes will be joined. */
function overlapOf(present: readonly ByteRange[]): ByteRange | null {
  const [first, ...rest] = present;
  if (!first) return null;
  let end = first.end;
  for (const run of rest) {
    if (run.start > end) break;
    end = Math.max(end, run.end);
  }
  return { start: Math.max(first.start, end - overlapBytes), end };
}

type Overlap = { readonly kind: 'bytes'; readonly bytes: Buffer; readonly place: string } | Outcome;

async function fetchOverlap(deps: Parameters<typeof createJoint>[0], range: ByteRange): Promise<Overlap> {
  const { line, target, signal } = deps;
  const strikes = createStrikes({ baseMs: line.pauseMs, random: line.random });
  // Validators are what is in doubt; only the length is held to.
  const known = {
    ...knownOf(line, target.identity),
    identity: { ...target.identity, etag: null, lastModified: null },
  };
  while (!signal.aborted) {
    try {
      const answer = await ask(line, { range, known }, signal);
      if (answer.kind === 'again') continue;
      if (answer.kind === 'body') {
        const bytes = await readBody(answer, range.end - range.start);
        if (bytes) return { kind: 'bytes', bytes, place: answer.place };
        if (strikes.note(cutShort)) return ofOddity(cutShort);
      } else if (answer.kind === 'odd' || answer.kind === 'no-range') {
        const { detail } = answer;
        const odd =
          answer.kind === 'odd' ? answer : ({ kind: 'odd', reason: 'SERVER_PROTOCOL', detail } as const);
        if (strikes.note(odd))
          return answer.kind === 'odd' ? ofOddity(odd) : withoutRanges(deps.mayWait, detail);
      } else if (answer.kind === 'other') return changed(answer.detail);
      else return answer;
    } catch (error) {
      if (!(error instanceof HttpFault)) throw error;
      const fault = ofHttpFault(error);
      if (fault.kind !== 'odd') return fault;
      if (strikes.note(fault)) return ofOddity(fault);
    }
    await strikes.pause(signal);
  }
  return { kind: 'stopped' };
}

/** The bytes asked for, or null when the body ended before them. */
async function readBody(answer: BodyAnswer, length: number): Promise<Buffer | null> {
  const parts: Uint8Array[] = [];
  let total = 0;
  try {
    for await (const chunk of answer.response.chunks()) {
      parts.push(chunk.subarray(0, length - total));
      total += chunk.byteLength;
      if (total >= length) break;
    }
  } finally {
    answer.slot.release(total >= length ? 'fine' : 'broken');
  }
  return total >= length ? Buffer.concat(parts) : null;
}

/** What becomes of bytes that are here when the server does no ranges: it may do them again in a while. */
export function withoutRanges(mayWait: boolean, detail: string): Outcome {
  if (!mayWait) return { kind: 'restart', why: 'no-range', detail };
  const delay = { kind: 'backoff', retryAfterMs: null } as const;
  return { kind: 'wait', reason: 'SERVER_PROTOCOL', detail, delay };
}

function changed(detail: string): Outcome {
  return { kind: 'restart', why: 'changed', detail };
}
