import { looksLikeHtml } from '../reading/bytes-to-text.ts';
import { tooMuchJson } from '../reading/read-json.ts';
import { readNinjs } from './ninjs/ninjs-document.ts';
import { isNewsMl, readNewsMl } from './newsml/newsml-document.ts';
import { parseXml } from './newsml/xml-node.ts';
import type { AgencyDocument, ReadContext } from './read-context.ts';

/** What a text came to: a document of an agency, or what it is instead. */
export type ReadDocument =
  | { readonly document: AgencyDocument }
  /** `broken`: begins like one and does not hold; `other`: something else altogether. */
  | { readonly document: null; readonly broken: boolean; readonly why: string };

/** Reads ninjs or NewsML-G2, told by the text itself and not by a type or a name. */
export async function readAgencyDocument(text: string, context: ReadContext): Promise<ReadDocument> {
  const start = text.trimStart().slice(0, 1);
  if (start === '') return { document: null, broken: true, why: 'It is empty.' };
  if (start === '{' || start === '[') return readJson(text, context);
  if (start !== '<' || looksLikeHtml(text)) return other('It is neither ninjs nor NewsML-G2.');
  return readXml(text, context);
}

function other(why: string): ReadDocument {
  return { document: null, broken: false, why };
}

async function readJson(text: string, context: ReadContext): Promise<ReadDocument> {
  const tooMuch = tooMuchJson(text);
  if (tooMuch !== null) return { document: null, broken: true, why: tooMuch };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { document: null, broken: true, why: `It is not whole JSON: ${firstWords(error)}` };
  }
  const document = await readNinjs(value, context);
  return document === null ? other('It is JSON and not ninjs.') : { document };
}

async function readXml(text: string, context: ReadContext): Promise<ReadDocument> {
  let root;
  try {
    root = await parseXml(text);
  } catch (error) {
    return { document: null, broken: true, why: `It is not whole XML: ${firstWords(error)}` };
  }
  return isNewsMl(root)
    ? { document: await readNewsMl(root, context) }
    : other(`It is XML with the root element ${root.name}, and not NewsML-G2.`);
}

/** The parser names all elements that are open, which a document may have any number of. */
function firstWords(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return words.replaceAll(/\s+/g, ' ').slice(0, 160);
}

/** What a document has, for the sentence that says how it was recognised: "40 items, 12 of them video". */
export function countsOf(counts: {
  readonly items: number;
  readonly videos: number;
  readonly events: number;
}): string {
  if (counts.items === 0) return 'lists nothing yet';
  const items = counts.items === 1 ? '1 item' : `${counts.items} items`;
  const events =
    counts.events === 0 ? '' : ` and ${counts.events === 1 ? '1 event' : `${counts.events} events`}`;
  return counts.items === 1 && counts.videos === 1
    ? `has 1 item, a video${events}`
    : `has ${items}, ${counts.videos} of them video${events}`;
}
