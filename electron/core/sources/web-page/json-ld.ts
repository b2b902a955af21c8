import type { PageElement } from './page-dom.ts';
import { isObject } from '../reading/read-json.ts';
import { parseLooseJson } from './loose-json.ts';
import { isVideo, valuesOf, type SchemaNode } from './schema-node.ts';

/** How deep things may lie in one another, and how many are looked at on a page. */
const mostDepth = 24;
const mostNodes = 20_000;

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
  const { videos, isCut } = findVideos(roots);
  // What lies beyond all measure is as good as what cannot be read, and told with it.
  return { videos, broken: isCut ? broken + 1 : broken };
}

function findVideos(roots: readonly unknown[]): { videos: ToldVideo[]; isCut: boolean } {
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
    if (!isObject(value)) continue;
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
  const holders = holdersOf(byId);
  const videos = unique([...found.values()]).map(({ video, within }) => ({
    video: resolved(video, byId),
    within: within ?? (typeof video['@id'] === 'string' ? (holders.get(video['@id']) ?? null) : null),
  }));
  return { videos, isCut: queue.length > mostNodes };
}

/** A work that holds a video says of it when it was published and what it is called. */
function isWork(node: SchemaNode): boolean {
  return ['headline', 'datePublished', 'mainEntityOfPage'].some((name) => Object.hasOwn(node, name));
}

/** The articles that name videos by their ids, for videos that lie within none. */
function holdersOf(byId: ReadonlyMap<string, SchemaNode>): Map<unknown, SchemaNode> {
  const holders = new Map<unknown, SchemaNode>();
  for (const node of byId.values()) {
    if (!isWork(node)) continue;
    for (const one of valuesOf(node, 'video')) {
      if (isObject(one) && !holders.has(one['@id'])) holders.set(one['@id'], node);
    }
  }
  return holders;
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
    const id = isObject(value) && Object.keys(value).length === 1 ? value['@id'] : undefined;
    return typeof id === 'string' ? (byId.get(id) ?? value) : value;
  };
  return Object.fromEntries(Object.entries(video).map(([name, value]) => [plainName(name), look(value)]));
}

/** `schema:name` and `https://schema.org/name` are `name`. */
function plainName(name: string): string {
  return name.replace(/^(schema:|https?:\/\/schema\.org\/)/, '');
}
