import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import sax, { type QualifiedTag } from 'sax';
import { c4OfSha512 } from './c4.ts';

/** Lists are flat; one that is deeper is no list. */
const mostDepth = 32;
/** The longest text of one element, in characters. */
const mostText = 64 * 1024;
const mostEntries = 2_000_000;
/** The largest file that is read as a list, in bytes. */
const mostBytes = 512 * 1024 * 1024;

/** One hash of a list, as it stands there. */
export interface ListedHash {
  readonly kind: string;
  readonly value: string;
  readonly action: string | null;
}

/** One file of a list. The path is as it stands there: to be checked before it is used. */
export interface ListEntry {
  readonly path: string;
  readonly previousPath: string | null;
  readonly sizeBytes: number | null;
  readonly modifiedAtMs: number | null;
  readonly hashes: readonly ListedHash[];
}

/** One line of a chain file. */
export interface ChainEntry {
  readonly sequence: number;
  readonly path: string;
  readonly c4: string;
}

/** What a file of a history holds, and what it is itself. */
export interface ReadList {
  readonly entries: readonly ListEntry[];
  readonly chain: readonly ChainEntry[];
  readonly c4: string;
}

/** Why a file is not read as a list. */
export class ListFault extends Error {
  override readonly name = 'ListFault';
}

/**
 * Reads a media hash list or a chain file (ASC MHL 2.0) piece by piece, so that a long one holds nobody up. Strict:
 * a document type, an entity of its own, or markup that is not well-formed is refused.
 *
 * @throws ListFault; the errors of node:fs.
 */
export async function readList(path: string, signal?: AbortSignal): Promise<ReadList> {
  const sum = createHash('sha512');
  const decode = createDecoder();
  const reader = createListReader();
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 64 * 1024 }) as AsyncIterable<Buffer>) {
    signal?.throwIfAborted();
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new ListFault('It is too long.');
    sum.update(chunk);
    reader.write(decode(chunk));
  }
  reader.write(decode(null));
  return { ...reader.end(), c4: c4OfSha512(sum.digest('hex')) };
}

/** Text of bytes that may be cut anywhere; null ends it. */
function createDecoder(): (chunk: Buffer | null) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return (chunk) => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw new ListFault('It is not written in UTF-8.');
    }
  };
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** Takes the text of a list piece by piece and gives what it says at the end. */
export function createListReader(): { write(text: string): void; end(): Omit<ReadList, 'c4'> } {
  const parser = sax.parser(true, { xmlns: true, position: false });
  const open: Open[] = [];
  const found = createCollector();
  let fault: ListFault | null = null;
  const refuse = (why: string): void => {
    fault ??= new ListFault(why);
  };
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- a parser of SAX is no event target
  parser.onerror = (error) => refuse(`It is not well-formed: ${error.message.split('\n')[0] ?? ''}.`);
  parser.ondoctype = () => refuse('It brings a document type of its own.');
  parser.onopentag = (tag) => {
    if (open.length >= mostDepth) return refuse('It is too deep.');
    open.push({ name: (tag as QualifiedTag).local, attributes: attributesOf(tag as QualifiedTag), text: '' });
  };
  const take = (text: string): void => {
    const top = open.at(-1);
    if (!top || fault) return;
    if (top.text.length + text.length > mostText) return refuse('One of its texts is too long.');
    top.text += text;
  };
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- a parser of SAX is no event target
  parser.ontext = take;
  parser.oncdata = take;
  parser.onclosetag = () => {
    const closed = open.pop();
    if (!closed || fault) return;
    if (found.count() > mostEntries) return refuse('It has too many entries.');
    found.take(closed, open);
  };
  const feed = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      // The parser throws what it has told already when it is given more.
      if (fault === null) throw error;
    }
    if (fault !== null) throw fault;
  };
  return {
    write: (text) => feed(() => void parser.write(text)),
    end: () => {
      feed(() => void parser.close());
      return found.result();
    },
  };
}

function attributesOf(tag: QualifiedTag): Record<string, string> {
  return Object.fromEntries(Object.values(tag.attributes).map(({ local, value }) => [local, value]));
}

/** Turns closed elements into entries. */
function createCollector() {
  const entries: ListEntry[] = [];
  const chain: ChainEntry[] = [];
  let path: Open | null = null;
  let previousPath: string | null = null;
  let hashes: ListedHash[] = [];
  const clear = (): void => {
    path = null;
    previousPath = null;
    hashes = [];
  };
  return {
    count: () => entries.length + chain.length,
    result: () => ({ entries, chain }),
    take: (closed: Open, open: readonly Open[]): void => {
      const parent = open.at(-1)?.name;
      if (parent === 'hash' || parent === 'hashlist') {
        if (closed.name === 'path') path = closed;
        else if (closed.name === 'previousPath') previousPath = unwrapped(closed.text);
        else if (closed.name !== 'metadata') hashes.push(...hashIn(closed));
        return;
      }
      if (closed.name === 'hash' && path) {
        entries.push({ ...fileOf(path), previousPath, hashes });
      } else if (closed.name === 'hashlist' && parent === 'ascmhldirectory' && path) {
        const sequence = Number(closed.attributes['sequencenr']);
        const c4 = hashes.find(({ kind }) => kind === 'c4')?.value ?? '';
        if (Number.isSafeInteger(sequence)) chain.push({ sequence, path: path.text.trim(), c4 });
      }
      if (closed.name === 'hash' || closed.name === 'hashlist' || closed.name === 'directoryhash') clear();
    },
  };
}

function fileOf(path: Open): Pick<ListEntry, 'path' | 'sizeBytes' | 'modifiedAtMs'> {
  const size = path.attributes['size'] ?? '';
  const modifiedAtMs = Date.parse(path.attributes['lastmodificationdate'] ?? '');
  return {
    path: unwrapped(path.text),
    sizeBytes: /^\d{1,15}$/.test(size) ? Number(size) : null,
    modifiedAtMs: Number.isFinite(modifiedAtMs) ? modifiedAtMs : null,
  };
}

function hashIn(element: Open): ListedHash[] {
  const value = element.text.trim();
  if (!/^[A-Za-z0-9]{1,128}$/.test(value)) return [];
  const kind = element.name;
  return [
    {
      kind,
      value: kind === 'c4' ? value : value.toLowerCase(),
      action: element.attributes['action'] ?? null,
    },
  ];
}

/** A path without the line breaks that a list was laid out with; a space may be part of a name. */
function unwrapped(text: string): string {
  return text.replace(/^\s*\n\s*|\s*\n\s*$/g, '');
}
