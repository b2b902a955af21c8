import { seededBody, type SeededBody } from '../fault-body.ts';
import type { Behaviour, SeenRequest } from '../fault-server.ts';
import type { Dice } from './seeds.ts';

/** How a file on a moody server can be told from another state of itself. */
export type Validators = 'etag' | 'date' | 'both' | 'weak' | 'none';

/** A file whose server misbehaves, and what a client may make of it. */
export interface MoodyFile {
  readonly name: string;
  readonly body: SeededBody;
  readonly sha256: string;
  /** Whether the client is told the hash beforehand. Without it only honest damage is done: such that can be noticed. */
  readonly promised: boolean;
  readonly validators: Validators;
  /** Contents that are no mistake under the final name. */
  readonly right: ReadonlySet<string>;
  behave(request: SeenRequest): Behaviour;
  /** What was done to each request, for whoever looks into a failing seed. */
  readonly story: string[];
  /** From now on the server is honest. */
  heal(): void;
}

type Mood = (dice: Dice, base: Behaviour, size: number) => Behaviour;

const somewhere = (dice: Dice, size: number): number => dice.between(0, Math.max(0, size - 1));
const status =
  (code: number, headers: Record<string, string> = {}): Mood =>
  () => ({ status: code, text: `error ${code}`, headers });

/** Misbehaviour that a client can notice from the answer alone. */
const noticeable: Readonly<Record<string, Mood>> = {
  fin: (dice, base, size) => ({ ...base, cutAfter: somewhere(dice, size), cutBy: 'fin' }),
  rst: (dice, base, size) => ({ ...base, cutAfter: somewhere(dice, size), cutBy: 'rst' }),
  'rst at once': (_, base) => ({ ...base, cutAfter: 0, cutBy: 'rst' }),
  stall: (dice, base, size) => ({ ...base, cutAfter: somewhere(dice, size), cutBy: 'stall' }),
  silence: () => ({ stallBeforeHead: true }),
  'range ignored': (_, base) => ({ ...base, ignoreRange: true }),
  'start shifted': (dice, base) => ({ ...base, shiftStart: dice.pick([512, -512, 4096, 1]) }),
  'no content-range': (_, base) => ({ ...base, headers: { 'Content-Range': null } }),
  multipart: (_, base) => ({ ...base, headers: { 'Content-Type': 'multipart/byteranges; boundary=x' } }),
  'claims gzip': (_, base) => ({ ...base, headers: { 'Content-Encoding': 'gzip' } }),
  'web page': () => ({ text: '<html>Sign in</html>', headers: { 'Content-Type': 'text/html' } }),
  'too much': (dice, base) => ({ ...base, extraBytes: dice.between(1, 5000) }),
  chunked: (_, base) => ({ ...base, noLength: 'chunked' }),
  'chunked, cut': (dice, base, size) => ({
    ...base,
    noLength: 'chunked',
    cutAfter: somewhere(dice, size),
    cutBy: dice.pick(['fin', 'rst'] as const),
  }),
  'two lengths': () => ({ raw: 'HTTP/1.1 206 Fault\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello' }),
  rubbish: () => ({ raw: 'SSH-2.0-OpenSSH_9.2\r\n\r\n' }),
  slow: (_, base, size) => ({ ...base, bytesPerSecond: Math.max(100_000, size * 4) }),
  '404': status(404),
  '408': status(408),
  '412': status(412),
  '416': status(416),
  '429': status(429),
  '500': status(500),
  '502': status(502),
  '503': status(503),
  '204': status(204),
  '304': status(304),
  redirect: (_, base) => ({ ...base, status: 302, text: '', headers: { Location: '/elsewhere' } }),
  'redirect to nowhere': () => ({ status: 302, text: '' }),
  'if-range refused': (_, base) => ({ ...base, refuseIfRange: true }),
};

/** Misbehaviour that only a hash brings to light. */
const treacherous: Readonly<Record<string, Mood>> = {
  'bit flipped': (dice, base, size) => ({ ...base, flipBitAt: somewhere(dice, size) }),
  'wrong bytes at the right place': (dice, base, size) => ({
    ...base,
    body: seededBody(size, dice.between(900, 999)),
  }),
  'other tag': (dice, base) => ({ ...base, etag: `"node-${dice.between(1, 3)}"` }),
  'no tag': (_, base) => ({ ...base, etag: null }),
  'close-delimited': (_, base) => ({ ...base, noLength: 'close' }),
  'close-delimited, cut': (dice, base, size) => ({
    ...base,
    noLength: 'close',
    cutAfter: somewhere(dice, size),
    cutBy: dice.pick(['fin', 'rst'] as const),
  }),
};

/** What a file is drawn from. */
export interface MoodyOptions {
  readonly name: string;
  readonly dice: Dice;
  /** Requests after which the server is honest again. */
  readonly moods: number;
  /** Whether a whole new file may take the old one's place. */
  readonly mayBeReplaced: boolean;
  /** Size in bytes: drawn up to this, or exactly so. */
  readonly mostBytes: number;
  readonly exactly?: boolean;
  /** Whether the hash is promised; drawn when not given. */
  readonly promised?: boolean;
}

/** Draws a file and the moods of its server. */
export function moodyFile(options: MoodyOptions): MoodyFile {
  const { name, dice, moods, mayBeReplaced, mostBytes } = options;
  const drawn = dice.chance(0.05) ? dice.between(0, 2) : dice.between(1, mostBytes);
  const size = options.exactly ? mostBytes : drawn;
  const promised = options.promised ?? dice.chance(0.6);
  const validators = dice.pick<Validators>(['etag', 'etag', 'both', 'date', 'weak', 'none']);
  const body = seededBody(size, dice.between(1, 400));
  const isStrong = validators === 'etag' || validators === 'both' || validators === 'date';
  const replacedAt = mayBeReplaced && isStrong && dice.chance(0.2) ? dice.between(2, 8) : null;
  const next = seededBody(dice.chance(0.5) ? size : dice.between(1, mostBytes), dice.between(401, 800));
  const fury = dice.pick([0.1, 0.3, 0.6, 0.9]);
  const table: Readonly<Record<string, Mood>> = promised ? { ...noticeable, ...treacherous } : noticeable;
  const names = Object.keys(table);
  const story: string[] = [];
  let count = 0;
  let healed = false;
  const right = new Set([body.sha256()]);
  if (replacedAt !== null && !promised) right.add(next.sha256());
  return {
    name,
    body,
    sha256: body.sha256(),
    promised,
    validators,
    right,
    story,
    heal: () => {
      healed = true;
    },
    behave: (request) => {
      count++;
      const isNext = replacedAt !== null && count >= replacedAt;
      // A file that comes back is one that was there: with a promised hash the replacement passes in the end.
      const serveNext = isNext && !(promised && (healed || count > moods));
      const base: Behaviour = {
        body: serveNext ? next : body,
        ...tagsOf(validators, serveNext ? 2 : 1),
      };
      const isMoody = !healed && count <= moods && dice.chance(fury);
      const mood = isMoody ? dice.pick(names) : 'honest';
      const range = request.range ? `${request.range.first}-${request.range.last}` : 'all';
      story.push(`${count} ${range}: ${mood}${serveNext ? ' (replaced)' : ''}`);
      return table[mood]?.(dice, base, Math.max(1, base.body?.sizeBytes ?? 1)) ?? base;
    },
  };
}

function tagsOf(validators: Validators, version: 1 | 2): Pick<Behaviour, 'etag' | 'lastModified'> {
  const etag = validators === 'weak' ? `W/"v${version}"` : `"v${version}"`;
  const lastModified = `Sun, 0${version} Feb 2026 10:00:00 GMT`;
  if (validators === 'none') return {};
  if (validators === 'date') return { lastModified };
  return validators === 'both' ? { etag, lastModified } : { etag };
}
