import { gathered, type AgencyDocument, type ReadContext } from '../read-context.ts';
import { fieldsOf, textIn, type Fields } from './ninjs-fields.ts';
import { readNinjsItem } from './ninjs-item.ts';

const types: ReadonlySet<string> = new Set([
  'text',
  'audio',
  'video',
  'picture',
  'graphic',
  'composite',
  'component',
  'event',
  'planning',
  'animation',
]);

/** Reads what JSON says as ninjs; null when it is none: another format, or a list of nothing that could be anything. */
export async function readNinjs(value: unknown, context: ReadContext): Promise<AgencyDocument | null> {
  const list = listIn(value);
  if (list === null) return null;
  const items = list.entries.map(itemOf);
  if (!list.isKnown && !items.some(isNinjs)) return null;
  const odd = items.flatMap((item, index) =>
    Object.keys(item).length === 0 ? [{ where: `item ${index + 1}`, why: 'It is no object.' }] : [],
  );
  const read = await gathered(items, (item) => readNinjsItem(item, context));
  const first = items[0] ?? {};
  return {
    format: 'ninjs',
    provider: textIn(first, 'provider', 'source') ?? textIn(fieldsOf(list.root['provider']), 'name'),
    ...read,
    failures: [...read.failures, ...odd],
    items: items.length,
    next: nextIn(list.root),
    linked: [],
  };
}

interface List {
  readonly root: Fields;
  readonly entries: readonly unknown[];
  /** The frame itself says that it is one of an agency, so it may be empty. */
  readonly isKnown: boolean;
}

function listIn(value: unknown): List | null {
  if (Array.isArray(value)) return { root: {}, entries: value, isKnown: false };
  const root = fieldsOf(value);
  const data = fieldsOf(root['data']);
  for (const frame of [root, data]) {
    const own = frame['_items'];
    if (Array.isArray(own)) return { root: frame, entries: own, isKnown: true };
    const items = frame['items'];
    if (Array.isArray(items) && !isOtherFeed(root)) {
      return { root: frame, entries: items, isKnown: 'hrefs' in frame || 'next_page' in frame };
    }
  }
  return isNinjs(root) ? { root: {}, entries: [value], isKnown: true } : null;
}

/** JSON Feed has `items` as well. */
function isOtherFeed(root: Fields): boolean {
  return /jsonfeed/i.test(textIn(root, 'version') ?? '');
}

/** Some wrap each item together with what they know of its delivery. */
function itemOf(entry: unknown): Fields {
  const fields = fieldsOf(entry);
  const inner = fieldsOf(fields['item']);
  return isNinjs(inner) ? inner : fields;
}

function isNinjs(item: Fields): boolean {
  if (textIn(fieldsOf(item['standard']), 'name')?.toLowerCase() === 'ninjs') return true;
  const hasName = textIn(item, 'uri', 'guid') !== null;
  const type = textIn(item, 'type')?.toLowerCase() ?? '';
  return hasName && (types.has(type) || item['versioncreated'] !== undefined);
}

/** Where the next page is, in the spellings in use. */
function nextIn(root: Fields): string | null {
  const holders = [fieldsOf(root['hrefs']), fieldsOf(root['_links']), fieldsOf(root['links']), root];
  for (const holder of holders) {
    const found = textIn(holder, 'next', 'next_page', 'nextpage') ?? textIn(fieldsOf(holder['next']), 'href');
    if (found !== null) return found;
  }
  return null;
}
