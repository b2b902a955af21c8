import { createInternetArchiveKind } from '../../../../electron/core/sources/internet-archive/internet-archive-kind.ts';
import type { KindRig, PlayedItem, PlayedSource } from '../kind-rig.ts';
import { playServer, type Asked, type Reply } from '../play-server.ts';

/** A collection of the Internet Archive: ids by cursor, each item's metadata by itself. */
export const internetArchiveRig: KindRig = {
  name: 'Internet Archive',
  kind: createInternetArchiveKind(),
  key: null,
  pages: true,
  withdraws: 'by-listing',
  versions: true,
  charset: null,
  play: async (items) => {
    const played: { items: readonly PlayedItem[]; pageSize: number } = { items, pageSize: 100 };
    const server = await playServer((asked) => replyOfArchive(played, asked));
    return Object.assign(played, { url: `${server.url}/metadata/convoys`, server }) satisfies PlayedSource;
  },
};

/** What the Archive answers. An item that was taken down is dark; one that never was is an empty object. */
export function replyOfArchive(
  played: { items: readonly PlayedItem[]; pageSize: number },
  { path, query }: Asked,
): Reply | null {
  const json = (value: unknown): Reply => ({ contentType: 'application/json', body: JSON.stringify(value) });
  if (path === '/services/search/v1/scrape') return json(scrape(played, query));
  const id = /^\/metadata\/([\w-]+)$/.exec(path)?.[1];
  if (id === 'convoys') {
    return json({ is_collection: true, metadata: { title: 'Convoys', mediatype: 'collection' }, files: [] });
  }
  const item = played.items.find((one) => one.id === id);
  if (id === undefined) return null;
  if (!item) return json({});
  return json(item.withdrawn ? { is_dark: true, dir: `/7/items/${id}` } : toMetadata(item));
}

function scrape(
  { items, pageSize }: { items: readonly PlayedItem[]; pageSize: number },
  query: URLSearchParams,
): unknown {
  const since = Date.parse(
    /oai_updatedate:\[(\S+) TO null\]/.exec(query.get('q') ?? '')?.[1] ?? '1970-01-01',
  );
  const found = items
    .filter((item) => !item.withdrawn && changedMs(item) >= since)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  if (query.get('total_only') === 'true') return { items: [], count: 0, total: found.length };
  const from = Number(query.get('cursor')?.slice(1) ?? 0);
  const page = found.slice(from, from + pageSize);
  const next = from + page.length;
  return {
    items: page.map((item) => ({
      identifier: item.id,
      oai_updatedate: ['2020-01-01T00:00:00Z', stamp(item)],
    })),
    count: page.length,
    total: found.length,
    ...(next < found.length ? { cursor: `c${next}` } : {}),
  };
}

/** A change is later than all that was told before it, as a server's clock makes it. */
const changedMs = ({ changedAtMs, version }: PlayedItem): number =>
  changedAtMs + (version - 1) * 300 * 24 * 3_600_000;
const stamp = (item: PlayedItem): string => new Date(changedMs(item)).toISOString().replace('.000Z', 'Z');

function toMetadata(item: PlayedItem): unknown {
  return {
    created: 1_763_869_000,
    item_last_updated: changedMs(item) / 1000,
    server: 'ia800101.us.archive.org',
    metadata: {
      identifier: item.id,
      mediatype: 'movies',
      collection: ['convoys', 'opensource_movies'],
      title: item.title,
      description: [`<p>${item.synopsis}</p>`, '<p>Silent.</p>'],
      subject: 'bridge;river',
      publicdate: `${item.publishedDay} 10:30:00`,
      licenseurl: 'http://creativecommons.org/licenses/by/4.0/',
    },
    files: [
      { name: `${item.id}_meta.xml`, source: 'metadata', format: 'Metadata', size: '812' },
      {
        name: `${item.id}.mp4`,
        source: 'original',
        format: 'MPEG4',
        size: '73400320',
        length: '93.48',
        width: '1920',
        height: '1080',
        md5: '0cc175b9c0f1b6a831c399e269772661',
        sha1: '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8',
      },
    ],
  };
}
