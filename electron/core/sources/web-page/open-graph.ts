import type { PageElement } from './page-dom.ts';
import type { SchemaNode } from './schema-node.ts';

/**
 * The video of a page by Open Graph, in the words of schema.org; null when it tells of none. Open Graph has one thing a
 * page, so several addresses are files or players of the same video.
 */
export function readOpenGraph(page: PageElement): SchemaNode | null {
  const tags = tagsOf(page);
  const files = groupsOf(tags, 'og:video').filter((group) => addressOf(group) !== null);
  if (files.length === 0) return null;
  const all = (name: string): string[] => tags.flatMap(([key, value]) => (key === name ? [value] : []));
  const [first] = files;
  const players = files.filter(isPlayer).map(addressOf);
  const duration = all('video:duration')[0] ?? all('og:video:duration')[0] ?? first?.get('duration');
  return {
    '@type': 'VideoObject',
    name: all('og:title')[0],
    description: all('og:description')[0],
    url: all('og:url')[0],
    thumbnailUrl: groupsOf(tags, 'og:image')
      .map(addressOf)
      .find((address) => address !== null),
    embedUrl: players[0] ?? undefined,
    encoding: files
      .filter((group) => !isPlayer(group))
      .map((group) => ({
        '@type': 'MediaObject',
        contentUrl: addressOf(group),
        encodingFormat: group.get('type'),
        width: group.get('width'),
        height: group.get('height'),
      })),
    duration,
    uploadDate: all('video:release_date')[0] ?? all('og:video:release_date')[0],
    datePublished: all('article:published_time')[0],
    dateModified: all('article:modified_time')[0] ?? all('og:updated_time')[0],
    keywords: [...all('video:tag'), ...all('og:video:tag')],
    inLanguage: all('og:locale')[0]?.replace('_', '-'),
  };
}

type Tags = readonly (readonly [key: string, value: string])[];

/** The tags in their order; some write `name` for `property`. */
function tagsOf(page: PageElement): Tags {
  return [...page.querySelectorAll('meta')].flatMap((meta) => {
    const key = (meta.getAttribute('property') ?? meta.getAttribute('name') ?? '').trim().toLowerCase();
    const value = meta.getAttribute('content')?.trim() ?? '';
    return /^(og|video|article):/.test(key) && value !== '' ? [[key, value] as const] : [];
  });
}

/** A thing begins with its own tag, and what follows below it belongs to it. */
function groupsOf(tags: Tags, name: string): Map<string, string>[] {
  const groups: Map<string, string>[] = [];
  for (const [key, value] of tags) {
    const part = key === name ? '' : key.startsWith(`${name}:`) ? key.slice(name.length + 1) : null;
    if (part === null) continue;
    const last = groups.at(-1);
    const own = part === '' ? 'url' : part;
    // The same word again begins the next one; `og:video:url` repeats `og:video`.
    if (
      last === undefined ||
      (own === 'url' ? last.has('url') && last.get('url') !== value : last.has(own))
    ) {
      groups.push(new Map([[own, value]]));
    } else last.set(own, value);
  }
  return groups;
}

function addressOf(group: ReadonlyMap<string, string>): string | null {
  return group.get('secure_url') ?? group.get('url') ?? null;
}

/** A page or a Flash film that plays the video is no file of it. */
function isPlayer(group: ReadonlyMap<string, string>): boolean {
  const type = group.get('type')?.toLowerCase() ?? '';
  if (/html|flash/.test(type)) return true;
  return (
    !/^(video|audio)\//.test(type) &&
    !/\.(mp4|m4v|mov|webm|mxf|mpg|mpeg|ogv|avi|wmv)([?#]|$)/i.test(addressOf(group) ?? '')
  );
}
