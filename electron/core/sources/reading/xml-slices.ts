import sax, { type QualifiedTag, type SAXParser, type Tag } from 'sax';
import { createBreather } from './breathing.ts';

/** How much of a document is parsed at a time, in characters: the parser takes the square of a tag's attributes. */
const sliceChars = 8 * 1024;
/** Attributes of one element; the formats that are read here know some twenty. */
const mostAttributes = 500;
/** Elements of one document. */
const mostElements = 3_000_000;
/** Faults that can be read on from, such as a stray `&`. */
const mostFaults = 100_000;

/** Why a document is none that can be read: it is cut off, its elements do not close, it is beyond all measure. */
export class XmlFault extends Error {
  override readonly name = 'XmlFault';
}

/** Who is told of a document, in its order. */
export interface XmlListener<Element extends Tag | QualifiedTag> {
  readonly onOpen: (element: Element) => void;
  readonly onText: (text: string) => void;
  readonly onClose: () => void;
}

/**
 * Parses a document slice by slice, so that a long one holds nobody up. A stray `&`, an entity of HTML, a prefix
 * without its namespace are let pass; markup that does not close is not. What a document declares as entities is not
 * expanded, and nothing is fetched. What follows the root element is no part of it: scripts like to append complaints.
 *
 * @throws XmlFault
 */
export async function parseXmlSlices<Spaces extends boolean>(
  text: string,
  read: {
    /** Whether elements come with their namespaces. */
    readonly xmlns: Spaces;
    readonly mostDepth: number;
    readonly listener: XmlListener<Spaces extends true ? QualifiedTag : Tag>;
  },
): Promise<void> {
  const parser = sax.parser(true, { xmlns: read.xmlns });
  const state = listenTo(parser, read);
  const breathe = createBreather();
  for (let at = 0; at < text.length; at += sliceChars) {
    parser.write(text.slice(at, at + sliceChars));
    if (attributesSoFar(parser) > mostAttributes) throw tooManyAttributes();
    if (state.fault !== null) throw new XmlFault(state.fault);
    await breathe();
  }
  parser.close();
  if (state.fault !== null) throw new XmlFault(state.fault);
}

function listenTo<Element extends Tag | QualifiedTag>(
  parser: SAXParser,
  { listener, mostDepth }: { listener: XmlListener<Element>; mostDepth: number },
): { fault: string | null } {
  const state: { fault: string | null } = { fault: null };
  let [depth, elements, faults] = [0, 0, 0];
  let closed = false;
  const onText = (text: string): void => {
    if (depth > 0 && !closed) listener.onText(text);
  };
  Object.assign(parser, {
    onerror: (error: Error) => {
      const message = error.message.split('\n')[0] ?? '';
      if (!closed && isStructural(message)) state.fault ??= message;
      if (++faults > mostFaults) throw new XmlFault('It has far too many faults.');
      Object.assign(parser, { error: null });
    },
    onopentag: (element: Element) => {
      // A second root is no part of it either.
      if (closed) return;
      if (++depth > mostDepth) throw new XmlFault('It is nested too deep.');
      if (++elements > mostElements) throw new XmlFault(`It has more than ${mostElements} elements.`);
      if (Object.keys(element.attributes).length > mostAttributes) throw tooManyAttributes();
      listener.onOpen(element);
    },
    ontext: onText,
    oncdata: onText,
    onclosetag: () => {
      if (closed) return;
      listener.onClose();
      closed = --depth === 0;
    },
  });
  return state;
}

/** Of the tag that is being read: sax keeps them in a list until the tag ends. */
function attributesSoFar(parser: SAXParser): number {
  const list: unknown = 'attribList' in parser ? parser.attribList : null;
  return Array.isArray(list) ? list.length : 0;
}

function tooManyAttributes(): XmlFault {
  return new XmlFault(`One of its elements has more than ${mostAttributes} attributes.`);
}

function isStructural(message: string): boolean {
  return /^(Un(matched|expected|closed)|Max buffer)/i.test(message);
}
