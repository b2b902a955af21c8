import type { PageElement } from './page-dom.ts';
import { isVideo, type SchemaNode } from './schema-node.ts';

/** How deep things may lie in one another. */
const mostDepth = 16;
const mostLevels = 500;
/** Elements that are read of one video: things that name each other by `itemref` would be read without end. */
const mostElements = 20_000;

/** One of the two syntaxes that write schema.org into the elements of a page. */
interface Syntax {
  /** Elements that are a thing. */
  readonly things: string;
  typeOf(element: PageElement): string | null;
  propertyOf(element: PageElement): string | null;
  idOf(element: PageElement): string | null;
}

const microdata: Syntax = {
  things: '[itemscope]',
  typeOf: (element) => (element.hasAttribute('itemscope') ? (element.getAttribute('itemtype') ?? '') : null),
  propertyOf: (element) => element.getAttribute('itemprop'),
  idOf: (element) => element.getAttribute('itemid'),
};

const rdfa: Syntax = {
  things: '[typeof]',
  typeOf: (element) => element.getAttribute('typeof'),
  propertyOf: (element) => element.getAttribute('property'),
  idOf: (element) => element.getAttribute('resource'),
};

/** The videos that a page tells of in microdata and in RDFa Lite. */
export function readMarkup(page: PageElement): SchemaNode[] {
  const byId = elementsById(page);
  return [microdata, rdfa].flatMap((syntax) => {
    const videos: SchemaNode[] = [];
    for (const element of page.querySelectorAll(syntax.things)) {
      // The files and kin of a video are no videos of the page.
      if (!isVideo({ '@type': syntax.typeOf(element) ?? '' }) || liesInVideo(element, syntax)) continue;
      videos.push(readThing(element, { byId, syntax, depth: 0, read: { elements: 0 } }));
    }
    return videos;
  });
}

function liesInVideo(element: PageElement, syntax: Syntax): boolean {
  let levels = 0;
  for (let up = element.parentElement; up !== null && levels++ < mostLevels; up = up.parentElement) {
    const type = syntax.typeOf(up);
    if (type !== null && isVideo({ '@type': type })) return true;
  }
  return false;
}

interface Reading {
  readonly byId: ReadonlyMap<string, PageElement>;
  readonly syntax: Syntax;
  readonly depth: number;
  readonly read: { elements: number };
}

function readThing(thing: PageElement, reading: Reading): SchemaNode {
  const { byId, syntax, depth, read } = reading;
  const properties = new Map<string, unknown[]>();
  const add = (element: PageElement, level: number): void => {
    if (++read.elements > mostElements) return;
    const isThing = syntax.typeOf(element) !== null;
    const names = syntax.propertyOf(element)?.trim().split(/\s+/) ?? [];
    const value = isThing
      ? depth < mostDepth
        ? readThing(element, { ...reading, depth: depth + 1 })
        : null
      : valueOf(element);
    for (const name of names.filter((one) => one !== '')) {
      const plain = name.replace(/^.*[/#:]/, '');
      properties.set(plain, [...(properties.get(plain) ?? []), value]);
    }
    if (!isThing) walk(element, level);
  };
  // Deep nesting without meaning is not followed to its end.
  const walk = (element: PageElement, level: number): void => {
    if (level > mostLevels) return;
    for (const child of element.children) add(child, level + 1);
  };
  walk(thing, 0);
  for (const id of syntax === microdata ? refsOf(thing) : []) {
    const element = read.elements < mostElements ? byId.get(id) : undefined;
    if (element !== undefined && element !== thing) add(element, 0);
  }
  const id = syntax.idOf(thing);
  return {
    ...Object.fromEntries(properties),
    '@type': syntax.typeOf(thing),
    ...(id === null ? {} : { '@id': id }),
  };
}

function refsOf(thing: PageElement): Set<string> {
  const ids = thing.getAttribute('itemref')?.split(/\s+/) ?? [];
  return new Set(ids.filter((id) => id !== ''));
}

/** The first element of each id. */
function elementsById(page: PageElement): Map<string, PageElement> {
  const elements = new Map<string, PageElement>();
  for (const element of page.querySelectorAll('[id]')) {
    const id = element.getAttribute('id') ?? '';
    if (!elements.has(id)) elements.set(id, element);
  }
  return elements;
}

/** What an element says: its content where it is given for machines, its address, its time, else its words. */
function valueOf(element: PageElement): string | null {
  const content = element.getAttribute('content');
  if (content !== null) return content;
  const address = addressNames[element.localName];
  for (const name of address ?? []) {
    const value = element.getAttribute(name);
    if (value !== null) return value;
  }
  if (element.localName === 'time' || element.localName === 'data') {
    const value = element.getAttribute('datetime') ?? element.getAttribute('value');
    if (value !== null) return value;
  }
  return element.getAttribute('resource') ?? element.getAttribute('href') ?? element.textContent;
}

const addressNames: Readonly<Record<string, readonly string[]>> = {
  a: ['href'],
  area: ['href'],
  link: ['href'],
  img: ['src', 'data-src'],
  video: ['src'],
  audio: ['src'],
  source: ['src'],
  embed: ['src'],
  iframe: ['src'],
  track: ['src'],
  object: ['data'],
};
