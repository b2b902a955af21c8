import { setImmediate as breathe } from 'node:timers/promises';
import sax, { type Tag } from 'sax';

/** How much of a file is parsed before others have their turn, in characters. */
const sliceChars = 64 * 1024;
/** A list is flat; what lies deeper is none. */
const mostDepth = 64;
/** The longest text of one element, in characters. */
const mostText = 200_000;
/** The protocol allows 50,000 entries a file; some generators are generous. */
const mostEntries = 200_000;
/** Videos of one entry, and tags of one name of a video: the protocol allows 32, and no list of tags for people is longer. */
const mostVideos = 1000;
const mostTags = 1000;

/** One element below a video, with its text as it stands there. */
interface VideoTag {
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What is said of one video, by the local name of the element in lower case. */
export type VideoTags = ReadonlyMap<string, readonly VideoTag[]>;

/** One entry: another file, or a page with its videos. */
export interface SitemapEntry {
  readonly kind: 'file' | 'page';
  readonly loc: string;
  readonly lastmod: string | null;
  /** Of the page, where the entry says it. */
  readonly language: string | null;
  readonly videos: readonly VideoTags[];
  /** How many videos it has in all; of very many the first ones are read. */
  readonly told: number;
}

/** Why a file is not read on. */
export class SitemapFault extends Error {
  override readonly name = 'SitemapFault';
}

/**
 * Reads a sitemap or an index slice by slice, so that one of 50 MB holds nobody up, and gives its entries as they come.
 *
 * A stray `&` or an attribute without quotes is let pass; markup that does not close is not.
 *
 * @throws SitemapFault
 */
export async function* readSitemap(text: string): AsyncGenerator<readonly SitemapEntry[]> {
  const reader = createSitemapReader();
  const mend = createMender();
  for (let at = 0; at < text.length;) {
    const end = endOfSlice(text, at);
    const entries = reader.write(mend(text.slice(at, end)));
    at = end;
    if (entries.length > 0) yield entries;
    await breathe();
  }
  reader.end();
}

/** Behind a tag, so that no tag and no entity is cut in two. */
function endOfSlice(text: string, at: number): number {
  const tag = text.lastIndexOf('>', at + sliceChars);
  return tag < at || at + sliceChars >= text.length ? Math.min(text.length, at + sliceChars) : tag + 1;
}

/** Escapes each `&` that begins no entity, as in `R&D` and `?a=1&b=2`; in CDATA it stands for itself. */
function createMender(): (slice: string) => string {
  let isCdata = false;
  return (slice) => {
    let out = '';
    for (let at = 0; at < slice.length;) {
      const mark = slice.indexOf(isCdata ? ']]>' : '<![CDATA[', at);
      const end = mark < 0 ? slice.length : mark + (isCdata ? 3 : 9);
      const part = slice.slice(at, end);
      out += isCdata ? part : part.replace(/&(?!(?:#\d+|#x[\da-f]+|[a-z]\w*);)/gi, '&amp;');
      if (mark >= 0) isCdata = !isCdata;
      at = end;
    }
    return out;
  };
}

/** The entry that is being read. */
interface Draft {
  readonly kind: 'file' | 'page';
  loc: string;
  lastmod: string | null;
  language: string | null;
  readonly alternates: { readonly href: string; readonly language: string }[];
  readonly videos: Map<string, VideoTag[]>[];
  told: number;
}

function createSitemapReader(): { write: (slice: string) => SitemapEntry[]; end: () => void } {
  const parser = sax.parser(true);
  const path: string[] = [];
  const drafting: { draft: Draft | null; attributes: Record<string, string>; text: string } = {
    draft: null,
    attributes: {},
    text: '',
  };
  let fault: string | null = null;
  let closed = false;
  let count = 0;
  let ready: SitemapEntry[] = [];

  const onText = (text: string): void => {
    if (path.length > 2 && drafting.text.length < mostText) drafting.text += text;
  };
  Object.assign(parser, {
    onerror: (error: Error) => {
      const message = error.message.split('\n')[0] ?? '';
      // What follows the last tag is no part of the file: scripts like to append their complaints.
      if (!closed && isStructural(message)) fault ??= message;
      Object.assign(parser, { error: null });
    },
    onopentag: ({ name, attributes }: Tag) => {
      path.push(localName(name));
      if (path.length > mostDepth) fault ??= 'It is nested too deep.';
      openElement(path, attributes, drafting);
    },
    ontext: onText,
    oncdata: onText,
    onclosetag: () => {
      const entry = closeElement(path, drafting);
      if (entry && ++count > mostEntries) fault ??= `It has more than ${mostEntries} entries.`;
      if (entry) ready.push(entry);
      path.pop();
      if (path.length === 0) closed = true;
    },
  });
  const feed = (act: () => void): void => {
    act();
    if (fault !== null) throw new SitemapFault(fault);
  };
  return {
    write: (slice) => {
      feed(() => parser.write(slice));
      const entries = ready;
      ready = [];
      return entries;
    },
    end: () => feed(() => parser.close()),
  };
}

function openElement(
  path: readonly string[],
  attributes: Readonly<Record<string, string>>,
  drafting: { draft: Draft | null; attributes: Record<string, string>; text: string },
): void {
  const name = path.at(-1);
  if (path.length === 2 && (name === 'url' || name === 'sitemap')) {
    const kind = name === 'url' ? 'page' : 'file';
    drafting.draft = { kind, loc: '', lastmod: null, language: null, alternates: [], videos: [], told: 0 };
  }
  const { draft } = drafting;
  if (path.length === 3 && draft !== null) {
    if (name === 'video') {
      draft.told++;
      if (draft.videos.length < mostVideos) draft.videos.push(new Map());
    }
    const { hreflang, href } = attributes;
    if (name === 'link' && hreflang && href) draft.alternates.push({ href, language: hreflang });
  }
  // Markup within a text belongs to the text.
  if (isLeaf(path)) {
    drafting.text = '';
    drafting.attributes = { ...attributes };
  }
}

function closeElement(
  path: readonly string[],
  drafting: { draft: Draft | null; attributes: Record<string, string>; text: string },
): SitemapEntry | null {
  const { draft, text, attributes } = drafting;
  const name = path.at(-1) ?? '';
  if (draft === null) return null;
  if (path.length === 2) {
    drafting.draft = null;
    const { alternates, ...entry } = draft;
    const language = draft.language ?? alternates.find(({ href }) => href.trim() === draft.loc)?.language;
    return { ...entry, language: language ?? null };
  }
  if (!isLeaf(path)) return null;
  if (path.length === 3 && name === 'loc') draft.loc = text.trim();
  if (path.length === 3 && name === 'lastmod') draft.lastmod = text.trim();
  if (path[2] === 'news' && name === 'language') draft.language = text.trim();
  if (path.length === 4 && path[2] === 'video' && draft.told === draft.videos.length) {
    const known = draft.videos.at(-1)?.get(name);
    if (known === undefined) draft.videos.at(-1)?.set(name, [{ text, attributes }]);
    else if (known.length < mostTags) known.push({ text, attributes });
  }
  drafting.text = '';
  return null;
}

function isLeaf(path: readonly string[]): boolean {
  if (path.length === 3) return path[2] === 'loc' || path[2] === 'lastmod';
  if (path.length === 4) return path[2] === 'video';
  return path.length === 5 && path[2] === 'news';
}

/** The prefix of a namespace is free, and many files forget to declare it. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

/** What sax says of markup that does not hold together; everything else it can read on from. */
function isStructural(message: string): boolean {
  return /^(Un(matched|expected|closed|encoded)|Invalid (tag ?name|character in tag|character.? in closing)|Max buffer|Text data|Non-white)/i.test(
    message,
  );
}
