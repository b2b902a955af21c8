import { hash } from 'node:crypto';
import type { AssetDates, AssetStatus } from '../../../../shared/contract/catalogue.ts';
import type { Person } from '../../../../shared/contract/values.ts';
import { splitTranscript } from '../../../../shared/domain/shotlist.ts';
import { sameAddress, webAddress } from '../reading/addresses.ts';
import { anEmptyAsset, versionOf } from '../reading/assets.ts';
import { readDate, spanOf } from '../reading/dates.ts';
import { listOf, oneLine, readLanguage } from '../reading/words.ts';
import { isObject } from '../reading/read-json.ts';
import type { ItemFailure, SourceAsset } from '../source-model.ts';
import type { ToldVideo } from './json-ld.ts';
import type { PageVideos } from './page-videos.ts';
import {
  addressesIn,
  firstText,
  firstWord,
  typesOf,
  valuesOf,
  wordOf,
  type SchemaNode,
} from './schema-node.ts';
import { durationOf, filesOf, languageOf } from './video-files.ts';
import { rightsOf } from './video-rights.ts';

/** Videos of one page that are read. */
const mostVideos = 2000;

/** The videos of a page in the model every source is reduced to; an odd one costs itself. */
export function toPageAssets(page: PageVideos): { assets: SourceAsset[]; failures: ItemFailure[] } {
  const assets = new Map<string, SourceAsset>();
  const failures: ItemFailure[] = [];
  if (page.videos.length > mostVideos) {
    const why = `It tells of ${page.videos.length} videos; those behind the first ${mostVideos} were not read.`;
    failures.push({ where: page.pageUrl, why });
  }
  for (const [at, told] of page.videos.slice(0, mostVideos).entries()) {
    const externalId = nameOf(told.video, page);
    if (externalId === null)
      failures.push({
        where: `${page.pageUrl}, video ${at + 1}`,
        why: 'It has neither a name nor an address.',
      });
    else if (!assets.has(externalId)) assets.set(externalId, toAsset(told, externalId, page));
  }
  if (page.broken > 0)
    failures.push({ where: page.pageUrl, why: `${page.broken} of its scripts of data cannot be read.` });
  return { assets: [...assets.values()], failures };
}

function toAsset({ video, within }: ToldVideo, externalId: string, page: PageVideos): SourceAsset {
  const base = page.baseUrl;
  const ownPage = ownPageOf(video, page) ?? (page.videos.length === 1 ? page.pageUrl : null);
  const renditions = filesOf(video, externalId, base);
  const title = titleOf(video, within, page) ?? renditions[0]?.fileName ?? externalId;
  const place = placeOf(video);
  return anEmptyAsset({
    externalId,
    aliases: [
      ...(ownPage === null ? [] : [{ scheme: 'page', value: sameAddress(ownPage) }]),
      ...renditions.flatMap(({ medium, address }) =>
        medium === 'video' && address !== null ? [{ scheme: 'media', value: sameAddress(address) }] : [],
      ),
      ...renditions.flatMap(({ hash: sum }) =>
        sum === null ? [] : [{ scheme: sum.kind, value: sum.value }],
      ),
    ],
    title,
    ...versionOf(title, renditions[0]?.fileName ?? null),
    teaser: firstText(video, 'abstract', 'alternativeHeadline'),
    synopsis: firstText(video, 'description', 'articleBody'),
    ...splitTranscript(firstText(video, 'transcript')),
    dates: datesOf(video, within),
    ...place,
    people: peopleOf(video),
    organisations: organisationsOf(video),
    keywords: keywordsOf(video, within),
    language: languageOf(video) ?? readLanguage(page.language),
    durationMs: durationOf(video),
    rights: rightsOf(video, base),
    pageUrl: ownPage ?? page.pageUrl,
    pictureUrl: pictureOf(video, base),
    renditions,
    ...statusOf(
      video,
      renditions.some(({ medium }) => medium === 'video' || medium === 'audio'),
    ),
  });
}

/** Without a file it may come yet; a broadcast that goes on has none. */
function statusOf(video: SchemaNode, hasFile: boolean): { status?: AssetStatus; statusReason?: string } {
  const isLive = valuesOf(video, 'publication')
    .filter(isObject)
    .some(
      (one) =>
        firstWord(one, 'isLiveBroadcast')?.toLowerCase() === 'true' && firstWord(one, 'endDate') === null,
    );
  if (isLive) return { status: 'expected', statusReason: 'live' };
  return hasFile ? {} : { status: 'expected', statusReason: 'The page offers no file.' };
}

/** The page of a video of its own, where that is another than the page it was found on. */
function ownPageOf(video: SchemaNode, page: PageVideos): string | null {
  for (const value of valuesOf(video, 'url', 'mainEntityOfPage').flatMap(addressesIn)) {
    const url = webAddress(value, page.baseUrl);
    if (url !== null && new URL(url).pathname !== '/' && sameAddress(url) !== sameAddress(page.pageUrl))
      return url;
  }
  return null;
}

/**
 * Its own page, else the page it is alone on, else what is its own on a page of several: a name that stays when a file
 * is added later.
 */
function nameOf(video: SchemaNode, page: PageVideos): string | null {
  const ownPage = ownPageOf(video, page);
  if (ownPage !== null) return sameAddress(ownPage);
  if (page.videos.length === 1) return sameAddress(page.pageUrl);
  const own =
    firstWord(video, '@id', 'identifier') ??
    ['embedUrl', 'contentUrl']
      .flatMap((name) => valuesOf(video, name).flatMap(addressesIn))
      .map(sameAddress)[0] ??
    firstWord(video, 'name', 'headline');
  return own === null ? null : `${sameAddress(page.pageUrl)}#${hash('sha1', own).slice(0, 16)}`;
}

function titleOf(video: SchemaNode, within: SchemaNode | null, page: PageVideos): string | null {
  const own = firstWord(video, 'name', 'headline', 'caption');
  if (own !== null || page.videos.length > 1) return own;
  return (within === null ? null : firstWord(within, 'headline', 'name')) ?? oneLine(page.title);
}

function datesOf(video: SchemaNode, within: SchemaNode | null): AssetDates {
  const [recorded] = valuesOf(video, 'recordedAt').filter(isObject);
  const event = recorded
    ? spanOf(readDate(firstWord(recorded, 'startDate')), readDate(firstWord(recorded, 'endDate')))
    : readDate(firstWord(video, 'contentReferenceTime'));
  return {
    // When the file was made says nothing of the day it was filmed on; schema.org has no word for that day.
    filmed: null,
    event,
    published:
      readDate(firstWord(video, 'datePublished')) ??
      readDate(firstWord(video, 'uploadDate')) ??
      readDate(within === null ? null : firstWord(within, 'datePublished')),
    changed: readDate(firstWord(video, 'dateModified')),
  };
}

function placeOf(video: SchemaNode): { place: string | null; country: string | null } {
  const [recorded] = valuesOf(video, 'recordedAt').filter(isObject);
  const places = [
    ...valuesOf(video, 'contentLocation'),
    ...valuesOf(video, 'locationCreated'),
    ...(recorded ? valuesOf(recorded, 'location') : []),
    ...valuesOf(video, 'spatialCoverage'),
  ];
  for (const place of places) {
    const [address] = isObject(place) ? valuesOf(place, 'address').filter(isObject) : [];
    const name = wordOf(place) ?? (address ? firstWord(address, 'addressLocality', 'addressRegion') : null);
    const country = address ? firstWord(address, 'addressCountry') : null;
    if (name !== null || country !== null) return { place: name, country };
  }
  return { place: null, country: null };
}

/** Who is in it or made it, with the word schema.org has for that. */
function peopleOf(video: SchemaNode): Person[] {
  const people = new Map<string, Person>();
  for (const role of ['actor', 'author', 'creator', 'director', 'contributor', 'about', 'mentions']) {
    for (const value of valuesOf(video, role)) {
      const name = isObject(value) && typesOf(value).includes('Person') ? wordOf(value) : null;
      if (name === null || people.has(name)) continue;
      people.set(name, role === 'about' || role === 'mentions' ? { name } : { name, role });
    }
  }
  return [...people.values()];
}

function organisationsOf(video: SchemaNode): string[] {
  const named = ['productionCompany', 'sourceOrganization', 'publisher', 'provider'].flatMap((name) =>
    valuesOf(video, name),
  );
  const others = ['author', 'creator', 'about', 'mentions'].flatMap((name) => valuesOf(video, name));
  const organisations = others.filter(
    (one) => isObject(one) && typesOf(one).some((type) => /Organi[sz]ation$/.test(type)),
  );
  return listOf([...named, ...organisations].map(wordOf));
}

/** Words with commas between them, or one by one. */
function keywordsOf(video: SchemaNode, within: SchemaNode | null): string[] {
  const own = valuesOf(video, 'keywords');
  const values = own.length > 0 || within === null ? own : valuesOf(within, 'keywords');
  return listOf(
    values.flatMap((value) => (typeof value === 'string' ? value.split(/[,;]/) : [wordOf(value)])),
  );
}

function pictureOf(video: SchemaNode, base: string): string | null {
  const values = ['thumbnailUrl', 'thumbnail', 'thumbnail_url', 'image'].flatMap((name) =>
    valuesOf(video, name),
  );
  return (
    values
      .flatMap(addressesIn)
      .map((one) => webAddress(one, base))
      .find((one) => one !== null) ?? null
  );
}
