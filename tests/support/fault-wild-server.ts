import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { SeededBody } from './fault-body.ts';
import type { Identity } from './tls.ts';
import { diceOf, type Dice } from './torture/seeds.ts';

/** What may be wrong with an answer; `none` is an honest one. */
const troubles = [
  ...(['none', 'none', 'none', 'none', 'split', 'split', 'slow', 'closing'] as const),
  ...(['early-end', 'reset', 'cut-head', 'reset-head', 'silent', 'silent-body'] as const),
  ...(['trailing', 'pipelined', 'late-junk', 'short', 'long', 'empty', 'no-length', 'chunked'] as const),
  ...([
    'interim',
    'flood',
    'upgrade',
    'old',
    'no-http',
    'folded',
    'twice',
    'not-found',
    'endless-head',
  ] as const),
] as const;

/** A server each of whose answers goes wrong, or right, as a seed in the path says. */
export interface WildServer {
  readonly port: number;
  /** Connections that are open now. */
  open(): number;
  close(): Promise<void>;
}

/** The path of a request for some bytes; the same seed is answered in the same way, `0` always honestly. */
export function wildPath(what: { seed: number; start: number; length: number }): string {
  return `/${what.seed}/${what.start}/${what.length}`;
}

/** Starts one on 127.0.0.1. An answer that is to be believed says by `x-seed` which request it is for. */
export async function startWildServer(body: SeededBody, tls?: Identity): Promise<WildServer> {
  const sockets = new Set<Socket>();
  const secureContext = tls && createSecureContext(tls);
  const onConnection = (raw: Socket): void => {
    sockets.add(raw);
    raw.setNoDelay(true);
    raw.on('error', () => undefined);
    raw.on('close', () => sockets.delete(raw));
    const socket = secureContext ? new TLSSocket(raw, { isServer: true, secureContext }) : raw;
    socket.on('error', () => raw.destroy());
    socket.on('close', () => sockets.delete(raw));
    let text = '';
    let turn = Promise.resolve();
    socket.on('data', (data) => {
      text += data.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const path = text.slice(0, end).split(' ')[1] ?? '';
        text = text.slice(end + 4);
        turn = turn.then(() => answer({ socket, raw }, path, body));
      }
    });
  };
  const server = createServer(onConnection);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    open: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Ends {
  readonly socket: Socket;
  /** The connection below TLS, which alone can be reset. */
  readonly raw: Socket;
}

interface Answer extends Ends {
  readonly dice: Dice;
  readonly bytes: Buffer;
  /** The lines that tell which answer it is. */
  readonly lines: string;
}

async function answer(ends: Ends, path: string, body: SeededBody): Promise<void> {
  const [seed = 0, start = 0, length = 0] = path.slice(1).split('/').map(Number);
  const dice = diceOf(seed);
  const bytes = body.slice(start, start + length);
  const lines = `x-seed: ${seed}\r\netag: "v1"\r\n`;
  const trouble = seed === 0 ? 'none' : dice.pick(troubles);
  const { socket } = ends;
  const how: Answer = { ...ends, dice, bytes, lines };
  const whole = Buffer.concat([head(lines, length), bytes]);
  switch (trouble) {
    case 'none':
      return say(socket, whole);
    case 'split':
      return sayInPieces(how, whole);
    case 'slow':
      return drip(how, whole);
    case 'closing':
      await say(socket, Buffer.concat([head(`${lines}connection: close\r\n`, length), bytes]));
      socket.end();
      return;
    case 'early-end':
    case 'reset':
    case 'cut-head':
    case 'reset-head':
      return breakOff(how, whole, trouble);
    case 'silent':
      return;
    case 'silent-body':
      return say(socket, whole.subarray(0, whole.length - dice.between(1, Math.max(1, length))));
    default:
      return misspeak(how, trouble, whole);
  }
}

async function breakOff(how: Answer, whole: Buffer, trouble: string): Promise<void> {
  const headBytes = whole.length - how.bytes.length;
  const most = trouble.endsWith('head') ? headBytes - 1 : whole.length - 1;
  await say(how.socket, whole.subarray(0, how.dice.between(trouble.endsWith('head') ? 0 : headBytes, most)));
  if (how.dice.chance(0.5)) await pause(5);
  if (trouble.startsWith('reset')) how.raw.resetAndDestroy();
  else how.socket.end();
}

type Misspoken = Exclude<
  (typeof troubles)[number],
  'none' | 'split' | 'slow' | 'closing' | 'silent' | 'silent-body'
>;

async function misspeak(how: Answer, trouble: Misspoken, whole: Buffer): Promise<void> {
  const { socket, dice, bytes, lines } = how;
  const { length } = bytes;
  const interim = (count: number): Buffer =>
    Buffer.from('HTTP/1.1 103 Early\r\nlink: </x>\r\n\r\n'.repeat(count));
  const plain = (text: string): Promise<void> =>
    say(socket, Buffer.concat([Buffer.from(text, 'latin1'), bytes]));
  switch (trouble) {
    case 'trailing':
      return say(socket, Buffer.concat([whole, Buffer.alloc(dice.between(1, 300_000), 120)]));
    case 'pipelined':
      return say(socket, Buffer.concat([whole, head('x-seed: none\r\n', 5), Buffer.from('wrong')]));
    case 'late-junk':
      await say(socket, whole);
      await pause(dice.between(0, 20));
      return say(socket, Buffer.from('\0junk that nobody has asked for'));
    case 'short':
      await say(socket, Buffer.concat([head(lines, length + 100), bytes]));
      socket.end();
      return;
    case 'long':
      return say(socket, Buffer.concat([head(lines, length), bytes, bytes]));
    case 'empty':
      return say(socket, head(lines, 0));
    case 'no-length':
      await plain(`HTTP/1.1 200 OK\r\n${lines}\r\n`);
      socket.end();
      return;
    case 'chunked':
      return plain(`HTTP/1.1 200 OK\r\n${lines}transfer-encoding: chunked\r\n\r\n${length.toString(16)}\r\n`);
    case 'interim':
      return sayInPieces(how, Buffer.concat([interim(dice.between(1, 8)), whole]));
    case 'flood':
      return sayInPieces(how, Buffer.concat([interim(500), whole]));
    case 'upgrade':
      return plain('HTTP/1.1 101 Switching\r\nupgrade: x\r\n\r\n');
    case 'old':
      return plain(`HTTP/1.0 200 OK\r\n${lines}content-length: ${length}\r\n\r\n`);
    case 'no-http':
      return plain('\x16\x03\x01 nothing that is HTTP\r\n\r\n');
    case 'folded':
      return plain(`HTTP/1.1 200 OK\r\n${lines}x-a: 1\r\n 2\r\ncontent-length: ${length}\r\n\r\n`);
    case 'twice':
      return plain(`HTTP/1.1 200 OK\r\n${lines}content-length: 1\r\ncontent-length: ${length}\r\n\r\n`);
    case 'not-found':
      return plain(`HTTP/1.1 404 No\r\nx-seed: none\r\ncontent-length: ${length}\r\n\r\n`);
    default:
      return drip(how, Buffer.from(`HTTP/1.1 200 OK\r\n${'x-more: and more\r\n'.repeat(4000)}`));
  }
}

function head(lines: string, length: number): Buffer {
  return Buffer.from(`HTTP/1.1 206 Partial\r\n${lines}content-length: ${length}\r\n\r\n`, 'latin1');
}

async function say(socket: Socket, bytes: Buffer): Promise<void> {
  if (!socket.destroyed) socket.write(bytes);
}

/** Cut anywhere, in the middle of a line and of a body. */
async function sayInPieces({ socket, dice }: Answer, bytes: Buffer): Promise<void> {
  let at = 0;
  for (let cuts = 0; cuts < 12 && at < bytes.length; cuts++) {
    const end =
      cuts === 11 ? bytes.length : Math.min(bytes.length, at + dice.between(1, dice.pick([3, 100, 80_000])));
    await say(socket, bytes.subarray(at, end));
    at = end;
    await pause(dice.between(0, 4));
  }
}

/** So slowly that whoever is to be told something in between is. */
async function drip({ socket }: Answer, bytes: Buffer): Promise<void> {
  const step = Math.ceil(bytes.length / 20);
  for (let at = 0; at < bytes.length && !socket.destroyed; at += step) {
    await say(socket, bytes.subarray(at, at + step));
    await pause(10);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
