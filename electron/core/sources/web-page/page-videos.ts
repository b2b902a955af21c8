import { sameAddress, webAddress } from '../reading/addresses.ts';
import type { PageElement } from './page-dom.ts';
import { readJsonLd, type ToldVideo } from './json-ld.ts';
import { readMarkup } from './microdata.ts';
import { readOpenGraph } from './open-graph.ts';
import { addressesIn, firstWord, valuesOf, type SchemaNode } from './schema-node.ts';

/** What a page tells of videos. */
export interface PageVideos {
  readonly videos: readonly ToldVideo[];
  /** The page's own name for itself, or the address it was asked at. */
  readonly pageUrl: string;
  /** What its relative addresses start from. */
  readonly baseUrl: string;
  readonly title: string | null;
  readonly language: string | null;
  /** Whether schema.org is there, or only Open Graph. */
  readonly by: 'schema.org' | 'Open Graph' | null;
  /** Scripts of data that could not be read. */
  readonly broken: number;
  /** The next page of a list. */
  readonly nextUrl: string | null;
}

/** Reads all that a page tells of videos, each video once, with what its several descriptions say together. */
export function readPage(page: PageElement, at: { asked: string; answered: string }): PageVideos {
  const base = webAddress(page.querySelector('base[href]')?.getAttribute('href'), at.answered) ?? at.answered;
  const { videos: linked, broken } = readJsonLd(page);
  const marked = readMarkup(page).map((video) => ({ video, within: null }));
  const videos: ToldVideo[] = [];
  for (const told of [...linked, ...marked]) {
    const same = videos.findIndex((known) => isSame(known.video, told.video, base));
    const known = videos[same];
    if (known === undefined) videos.push(told);
    else videos[same] = { video: { ...told.video, ...known.video }, within: known.within ?? told.within };
  }
  const described = videos.filter(({ video }) => saysAnything(video));
  const graph = readOpenGraph(page);
  if (graph !== null && described.length === 0) described.push({ video: graph, within: null });
  else if (graph !== null && described.length === 1) described[0] = withFilesOf(described[0], graph);
  return {
    videos: described,
    pageUrl: canonicalOf(page, base) ?? at.asked,
    baseUrl: base,
    title: page.querySelector('title')?.textContent?.trim() ?? null,
    language: page.querySelector('html')?.getAttribute('lang') ?? null,
    by:
      linked.length + marked.length > 0 && described.length > 0
        ? 'schema.org'
        : graph === null
          ? null
          : 'Open Graph',
    broken,
    nextUrl: nextOf(page, base, at.asked),
  };
}

/** A type alone is a place where a video may come. */
function saysAnything(video: SchemaNode): boolean {
  return [
    'name',
    'contentUrl',
    'embedUrl',
    'url',
    'encoding',
    'description',
    'thumbnailUrl',
    'thumbnail_url',
    'headline',
  ].some((name) => valuesOf(video, name).length > 0);
}

function isSame(a: SchemaNode, b: SchemaNode, base: string): boolean {
  for (const name of ['contentUrl', 'embedUrl', '@id']) {
    const one = addressOf(a, name, base);
    const other = addressOf(b, name, base);
    if (one !== null && other !== null) return sameAddress(one) === sameAddress(other);
  }
  const name = firstWord(a, 'name', 'headline');
  return name !== null && name === firstWord(b, 'name', 'headline');
}

function addressOf(node: SchemaNode, name: string, base: string): string | null {
  return webAddress(valuesOf(node, name).flatMap(addressesIn)[0], base);
}

/** Where schema.org names no file of the one video of a page, Open Graph may. */
function withFilesOf(told: ToldVideo | undefined, graph: SchemaNode): ToldVideo {
  const video = told?.video ?? {};
  const hasFile = ['contentUrl', 'encoding', 'associatedMedia'].some(
    (name) => valuesOf(video, name).length > 0,
  );
  return { within: told?.within ?? null, video: hasFile ? video : { ...video, encoding: graph['encoding'] } };
}

/** A canonical address on another host is the address of another publisher's page. */
function canonicalOf(page: PageElement, base: string): string | null {
  const canonical = linkOf(page, 'canonical', base);
  return canonical !== null && new URL(canonical).host === new URL(base).host ? canonical : null;
}

function nextOf(page: PageElement, base: string, asked: string): string | null {
  const next = linkOf(page, 'next', base);
  if (next === null || new URL(next).host !== new URL(base).host) return null;
  return sameAddress(next) === sameAddress(asked) ? null : next;
}

function linkOf(page: PageElement, relation: string, base: string): string | null {
  for (const link of page.querySelectorAll('link[rel], a[rel]')) {
    const relations = (link.getAttribute('rel') ?? '').toLowerCase().split(/\s+/);
    if (relations.includes(relation)) return webAddress(link.getAttribute('href'), base);
  }
  return null;
}
