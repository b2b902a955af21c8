import { createDvidsKind } from '../../../../electron/core/sources/dvids/dvids-kind.ts';
import type { KindRig, PlayedItem, PlayedSource } from '../kind-rig.ts';
import { playServer, type Asked, type Reply } from '../play-server.ts';

const dayMs = 24 * 3_600_000;
const key = 'key-0123456789abcdef';

/** A unit of DVIDS behind its API: pages of at most fifty, nothing without the key, each asset by itself. */
export const dvidsRig: KindRig = {
  name: 'DVIDS',
  kind: createDvidsKind(),
  key,
  pages: true,
  withdraws: 'by-listing',
  versions: true,
  charset: null,
  play: async (items) => {
    const played: { items: readonly PlayedItem[]; pageSize: number } = { items, pageSize: 50 };
    const server = await playServer((asked, base) => replyOfDvids(played, asked, base));
    return Object.assign(played, { url: `${server.url}/unit/Natochannel`, server }) satisfies PlayedSource;
  },
};

/** What the API answers; an error of it comes with status 403, or with 200 where a test wants the other habit. */
export function replyOfDvids(
  played: { items: readonly PlayedItem[]; pageSize: number; depth?: number },
  { path, query }: Asked,
  base: string,
): Reply | null {
  const json = (value: unknown, status = 200): Reply => ({
    status,
    contentType: 'application/json',
    body: JSON.stringify(value),
  });
  if (query.get('api_key') !== key)
    return json({ errors: ['Unauthorized - Provided API key is not authorized'] });
  const shown = played.items.filter((item) => !item.withdrawn);
  if (path === '/asset') {
    const item = shown.find(({ id }) => idOf(id) === query.get('id'));
    return item ? json({ results: toAsset(item, base) }) : json({ errors: ['Asset is not available'] }, 403);
  }
  return path === '/search' ? json(search(shown, query, played)) : null;
}

function search(
  items: readonly PlayedItem[],
  query: URLSearchParams,
  { pageSize, depth = 1000 }: { pageSize: number; depth?: number },
): unknown {
  const by = query.get('sort') === 'timestamp' ? timestampOf : publishedOf;
  const from = query.get('from_publishdate') ?? '';
  const to = query.get('to_publishdate') ?? '9999';
  const order = query.get('sortdir') === 'desc' ? -1 : 1;
  const found = items
    .filter((item) => publishedOf(item) >= from && publishedOf(item) <= to)
    .toSorted((a, b) => order * (by(a) < by(b) ? -1 : 1));
  const size = Math.min(pageSize, Number(query.get('max_results')));
  const first = (Number(query.get('page') ?? 1) - 1) * size;
  return {
    page_info: { total_results: found.length, results_per_page: size },
    results: found.slice(first, Math.min(first + size, depth)).map((item) => ({
      id: idOf(item.id),
      type: 'video',
      title: item.title,
      short_description: item.synopsis,
      unit_name: 'Natochannel',
      date_published: publishedOf(item),
      timestamp: timestampOf(item),
      url: `https://www.dvidshub.net/video/${number(item.id)}`,
    })),
  };
}

const number = (id: string): number => 990_000 + Number(id.replace(/\D/g, ''));
const idOf = (id: string): string => `video:${number(id)}`;
const publishedOf = ({ publishedDay }: PlayedItem): string => `${publishedDay}T10:30:00Z`;
/** A change is later than all that was told before it, as a server's clock makes it. */
const timestampOf = ({ changedAtMs, version }: PlayedItem): string =>
  new Date(changedAtMs + (version - 1) * 300 * dayMs).toISOString().replace('.000Z', 'Z');

function toAsset(item: PlayedItem, base: string): unknown {
  const name = `DOD_${number(item.id)}`;
  const file = (suffix: string, facts: Record<string, unknown>): unknown => ({
    src: `${base}/media/${name}${suffix}.mp4`,
    type: 'video/mp4',
    ...facts,
  });
  return {
    id: idOf(item.id),
    title: item.title,
    description: `${item.synopsis}\r\n\r\n---SHOTLIST---\r\n(00:00) WIDE SHOT - BRIDGE`,
    keywords: 'NATO, bridge, river',
    date: `${item.publishedDay}T00:00:00Z`,
    date_published: publishedOf(item),
    timestamp: timestampOf(item),
    unit_name: 'Natochannel',
    virin: `250908-O-D0483-${number(item.id)}`,
    location: { city: 'Brussels', state: 'Brussels', country: 'Belgium' },
    credit: [{ id: 1, name: 'Natochannel', rank: '' }],
    duration: 93,
    thumbnail: { url: `${base}/thumb/${name}.jpg`, width: 720, height: 405 },
    url: `https://www.dvidshub.net/video/${number(item.id)}/convoy`,
    files: [
      file('-1024x576-1769k', { width: 1024, height: 576, size: 20_564_000, bitrate: 1769 }),
      file('', { width: 1920, height: 1080, size: 198_400_123, bitrate: 17_000 }),
    ],
  };
}
