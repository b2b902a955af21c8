import type { PieceHash } from '../../electron/core/files/piece-hash.ts';
import type { FromTransfer, LaneTarget, ToTransfer } from '../../electron/core/http/fast/messages.ts';
import type { WrittenRun } from '../../electron/core/http/save-to.ts';
import type { SeededBody } from './fault-body.ts';
import { wildPath } from './fault-wild-server.ts';
import { diceOf, type Dice } from './torture/seeds.ts';

type About<Kind> = Extract<FromTransfer, { kind: Kind }>;

/** What was asked, said and heard about one request. */
export interface Asked {
  readonly id: number;
  readonly seed: number;
  readonly start: number;
  readonly end: number;
  /** Our own words, in order. */
  readonly said: string[];
  readonly heard: FromTransfer[];
}

const ends = new Set(['refused', 'unconnected', 'failed', 'ended']);

/** Words that were answered only with that there is nothing to be said. */
function isGone(message: FromTransfer): boolean {
  return (
    message.kind === 'ended' &&
    message.fault?.of === 'line' &&
    message.fault.message === 'The answer is gone.'
  );
}

/** Whether a request has come to its end, or was given up by us. */
export function isOver(asked: Asked): boolean {
  return asked.heard.some(({ kind }) => ends.has(kind)) || isGivenUp(asked);
}

/** Let go before there is a body, or when it is on its way, is not heard: who has said so cannot tell. */
function isGivenUp({ said, heard }: Asked): boolean {
  return said.includes('stop') || said.includes('let-go') || heard.some(isGone);
}

/** What the thread has told of a request against its promises; empty when it has kept them. */
export function brokenPromises(
  asked: Asked,
  by: { readonly pieceHash: PieceHash; readonly body: SeededBody; readonly saved: Buffer },
): string[] {
  const { heard, said, start, end } = asked;
  const own = heard.filter((message) => !isGone(message));
  const endings = own.filter(({ kind }) => ends.has(kind));
  const last = own.at(-1);
  const broken = [
    [endings.length > 1, `ended ${endings.length} times`],
    [endings.length === 0 && !isGivenUp(asked), 'never ended'],
    [endings.length === 1 && !ends.has(last?.kind ?? ''), 'was told of after its end'],
    [own.filter(({ kind }) => kind === 'head').length > 1, 'has two heads'],
    [
      heard.length - own.length > said.filter((word) => word === 'save' || word === 'read').length,
      'gone too often',
    ],
  ] as const;
  const wrong = broken.filter(([is]) => is).map(([, what]) => what as string);
  const runs = new Map<number, WrittenRun>();
  for (const { runs: some } of own.filter((one): one is About<'wrote'> => one.kind === 'wrote')) {
    for (const run of some) runs.set(run.start, run);
  }
  let at = start;
  for (const run of [...runs.values()].toSorted((one, other) => one.start - other.start)) {
    const hash = by.pieceHash();
    hash.update(by.saved.subarray(run.start, run.start + run.length));
    if (run.start !== at || run.xxh64 !== hash.digest()) wrong.push(`a run at ${run.start} that is not so`);
    at = run.start + run.length;
  }
  const ending = endings[0];
  const isSaved = said.find((word) => word === 'save' || word === 'read') === 'save' && runs.size > 0;
  if (isSaved && ending?.kind === 'ended' && ending.at !== at) wrong.push(`says ${ending.at}, told of ${at}`);
  if (at > end) wrong.push('wrote beyond its place');
  if (!by.saved.subarray(start, at).equals(by.body.slice(start, at)))
    wrong.push('other bytes than were sent');
  return wrong;
}

/** Speaks to the thread about many requests, in any order, and hears what it says. */
export function createOrders(deps: {
  readonly dice: Dice;
  readonly post: (message: ToTransfer) => void;
  readonly file: number;
}) {
  const { dice, post, file } = deps;
  const asked = new Map<number, Asked>();
  const say = (one: Asked, kind: 'save' | 'read' | 'let-go' | 'stop' | 'hold' | 'go-on'): void => {
    one.said.push(kind);
    if (kind !== 'save') return post({ kind, id: one.id });
    const runBytes = dice.pick([1, 777, 4096, 64 * 1024, 1024 * 1024]);
    const { id, start, end } = one;
    post({ kind, id, file, start, end, runBytes: Math.max(runBytes, Math.ceil((end - start) / 500)) });
  };
  return {
    asked,
    ask: (
      target: LaneTarget,
      what: { id: number; seed: number; start: number; end: number; length: number },
    ): Asked => {
      const { id, seed, start, end } = what;
      const one: Asked = { id, seed, start, end, said: [], heard: [] };
      asked.set(id, one);
      const text = `GET ${wildPath(what)} HTTP/1.1\r\nhost: x\r\nconnection: keep-alive\r\n\r\n`;
      const patience = { connectTimeoutMs: 2000, headTimeoutMs: 400, idleTimeoutMs: 200 };
      post({ kind: 'ask', id, target, text, ...patience });
      return one;
    },
    hear: (message: FromTransfer): void => {
      if (message.kind === 'alive') return;
      const one = asked.get(message.id);
      if (!one) return;
      one.heard.push(message);
      const isTrue = message.kind === 'head' && message.headers['x-seed'] === String(one.seed);
      if (message.kind === 'head' && !isTrue) say(one, 'let-go');
      else if (message.kind === 'head')
        say(one, diceOf(one.seed).pick(['save', 'save', 'save', 'save', 'read', 'let-go', 'stop']));
      else if (message.kind === 'bytes') say(one, 'go-on');
    },
    /** Says something to somebody, whether it makes sense or not. A body is saved only once its head is believed. */
    sayAnything: (): void => {
      const kind = dice.pick(['read', 'let-go', 'stop', 'hold', 'go-on', 'go-on', 'hold', 'save'] as const);
      const one = dice.pick([...asked.values()]);
      const hasHead = one.heard.some((message) => message.kind === 'head');
      if (dice.chance(0.1)) post({ kind: kind === 'save' ? 'read' : kind, id: dice.pick([-1, 0, 1e9]) });
      else if (kind !== 'save' || isOver(one) || !hasHead)
        say(one, kind === 'save' && !isOver(one) ? 'hold' : kind);
    },
    /** Nobody is held any more. */
    letAllGoOn: (): void => {
      for (const one of asked.values()) if (!isOver(one)) say(one, 'go-on');
    },
    /** Ends what was let go, as far as it was not heard. */
    stopAll: (): void => {
      for (const one of asked.values()) if (isGivenUp(one)) say(one, 'stop');
    },
  };
}
