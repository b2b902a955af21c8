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
  const videos = unitedVideos([...linked, ...marked], base);
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

/** Each video once, with what its descriptions in several syntaxes say together; the first one has the last word. */
function unitedVideos(told: readonly ToldVideo[], base: string): ToldVideo[] {
  const videos: { told: ToldVideo; marks: ReadonlyMap<string, string> }[] = [];
  const byMark = new Map<string, number>();
  for (const one of told) {
    const marks = marksOf(one.video, base);
    const at = [...marks]
      .map(([name, mark]) => byMark.get(`${name} ${mark}`))
      .find((known) => known !== undefined);
    const known = at === undefined ? undefined : videos[at];
    if (at === undefined || known === undefined || contradicts(known.marks, marks)) {
      for (const [name, mark] of marks) byMark.set(`${name} ${mark}`, videos.length);
      videos.push({ told: one, marks });
    } else {
      const video = { ...one.video, ...known.told.video };
      videos[at] = {
        told: { video, within: known.told.within ?? one.within },
        marks: new Map([...marks, ...known.marks]),
      };
    }
  }
  return videos.map((one) => one.told);
}

/** What a video may be known by, its name last. */
function marksOf(video: SchemaNode, base: string): ReadonlyMap<string, string> {
  const marks = new Map<string, string>();
  for (const property of ['contentUrl', 'embedUrl', '@id', 'url']) {
    const address = webAddress(valuesOf(video, property).flatMap(addressesIn)[0], base);
    // The page that tells of all of them is the own page of none.
    if (address === null || (property === 'url' && sameAddress(address) === sameAddress(base))) continue;
    marks.set(property, property === '@id' ? address : sameAddress(address));
  }
  const name = firstWord(video, 'name', 'headline');
  return name === null ? marks : marks.set('name', name);
}

/** Two that have different files, players or pages are two, though they be called the same. */
function contradicts(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  for (const property of ['contentUrl', 'embedUrl', 'url']) {
    const mark = one.get(property);
    const same = mark === other.get(property);
    if (mark !== undefined && other.has(property)) return !same;
  }
  return false;
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
