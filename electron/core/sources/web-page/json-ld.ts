import type { PageElement } from './page-dom.ts';
import { parseLooseJson } from './loose-json.ts';
import { isNode, isVideo, valuesOf, type SchemaNode } from './schema-node.ts';

/** How deep things may lie in one another, and how many are looked at on a page. */
const mostDepth = 24;
const mostNodes = 100_000;

/** A video that a page tells of, and the article or page that it belongs to. */
export interface ToldVideo {
  readonly video: SchemaNode;
  readonly within: SchemaNode | null;
}

/** The videos in the JSON-LD of a page, wherever they lie in it, and how many of its scripts could not be read. */
export function readJsonLd(page: PageElement): { videos: ToldVideo[]; broken: number } {
  let broken = 0;
  const roots: unknown[] = [];
  for (const script of page.querySelectorAll('script')) {
    if (!/^\s*application\/ld\+json/i.test(script.getAttribute('type') ?? '')) continue;
    const text = script.textContent ?? '';
    const value = parseLooseJson(text);
    if (value !== undefined) roots.push(value);
    else if (text.trim() !== '') broken++;
  }
  return { videos: findVideos(roots), broken };
}

function findVideos(roots: readonly unknown[]): ToldVideo[] {
  const byId = new Map<string, SchemaNode>();
  const found = new Map<SchemaNode, ToldVideo>();
  const queue: { value: unknown; within: SchemaNode | null; depth: number }[] = roots.map((value) => ({
    value,
    within: null,
    depth: 0,
  }));
  for (let at = 0; at < queue.length && at < mostNodes; at++) {
    const { value, within, depth } = queue[at] ?? { value: null, within: null, depth: 0 };
    if (depth > mostDepth) continue;
    if (Array.isArray(value)) for (const one of value) queue.push({ value: one, within, depth: depth + 1 });
    if (!isNode(value)) continue;
    const id = value['@id'];
    // A thing that is only named is told elsewhere.
    if (typeof id === 'string' && Object.keys(value).length > 1) byId.set(id, { ...byId.get(id), ...value });
    if (isVideo(value)) {
      found.set(value, { video: value, within });
      // What lies in a video are its files, its chapters and its kin, not other videos of the page.
      continue;
    }
    const holder = isWork(value) ? value : within;
    for (const inner of Object.values(value)) {
      if (typeof inner === 'object') queue.push({ value: inner, within: holder, depth: depth + 1 });
    }
  }
  return unique([...found.values()]).map(({ video, within }) => ({
    video: resolved(video, byId),
    within: holderOf(video, within, byId),
  }));
}

/** A work that holds a video says of it when it was published and what it is called. */
function isWork(node: SchemaNode): boolean {
  return ['headline', 'datePublished', 'mainEntityOfPage'].some((name) => Object.hasOwn(node, name));
}

/** The article that names the video by its id, where it does not lie within one. */
function holderOf(
  video: SchemaNode,
  within: SchemaNode | null,
  byId: ReadonlyMap<string, SchemaNode>,
): SchemaNode | null {
  const id = video['@id'];
  if (within !== null || typeof id !== 'string') return within;
  const names = (node: SchemaNode): boolean =>
    valuesOf(node, 'video').some((one) => isNode(one) && one['@id'] === id);
  return [...byId.values()].find((node) => isWork(node) && names(node)) ?? null;
}

/** The same video told twice under one id is one. */
function unique(videos: readonly ToldVideo[]): ToldVideo[] {
  const byId = new Map<string, ToldVideo>();
  const others: ToldVideo[] = [];
  for (const told of videos) {
    const id = told.video['@id'];
    if (typeof id !== 'string') others.push(told);
    else {
      const known = byId.get(id);
      byId.set(
        id,
        known ? { video: { ...told.video, ...known.video }, within: known.within ?? told.within } : told,
      );
    }
  }
  return [...byId.values(), ...others];
}

/** A video with what its properties name by id put in their place, one level deep. */
function resolved(video: SchemaNode, byId: ReadonlyMap<string, SchemaNode>): SchemaNode {
  const look = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(look);
    const id = isNode(value) && Object.keys(value).length === 1 ? value['@id'] : undefined;
    return typeof id === 'string' ? (byId.get(id) ?? value) : value;
  };
  return Object.fromEntries(Object.entries(video).map(([name, value]) => [plainName(name), look(value)]));
}

/** `schema:name` and `https://schema.org/name` are `name`. */
function plainName(name: string): string {
  return name.replace(/^(schema:|https?:\/\/schema\.org\/)/, '');
}
