import { findEditorialOnly, findThirdParty } from '../../../../shared/domain/rights-judgement.ts';
import type { FoundItem } from '../json-api/item-api.ts';
import { isObject, textOf, type Loose } from '../reading/read-json.ts';
import { sameAddress, webAddress } from '../reading/addresses.ts';
import { readDurationMs } from '../reading/amounts.ts';
import { anEmptyAsset, noRights, versionOf } from '../reading/assets.ts';
import { dateOfMs, readDate } from '../reading/dates.ts';
import { listOf, oneLine, plainText, readLanguage } from '../reading/words.ts';
import type { Alias, SourceAsset } from '../source-model.ts';
import { readArchiveFiles, type ArchiveFiles } from './archive-files.ts';
import { archiveEndpoints } from './endpoints.ts';

/** What the Archive tells of an item, in the model every source is reduced to. */
export function readArchiveItem(base: string, id: string, told: Loose): FoundItem {
  const error = textOf(told['error']);
  if (error !== null) {
    return /locate|not found|no such/i.test(error)
      ? { kind: 'gone', reason: error }
      : { kind: 'odd', why: `The Internet Archive says: ${error.slice(0, 160)}` };
  }
  if (Object.keys(told).length === 0)
    return { kind: 'gone', reason: 'The Internet Archive has no such item.' };
  if (told['is_dark'] === true) return { kind: 'gone', reason: 'The Internet Archive has taken it down.' };
  // The machines that keep the item are away for now, and its files are told half or not at all.
  if (told['servers_unavailable'] === true) return { kind: 'odd', why: 'The servers of this item are away.' };
  const meta = told['metadata'];
  if (!isObject(meta)) return { kind: 'odd', why: 'It has no metadata.' };
  if (oneLine(one(meta['mediatype'])) !== 'movies') return { kind: 'other' };
  return { kind: 'asset', asset: toAsset({ base, id, told, meta }) };
}

function toAsset({
  base,
  id,
  told,
  meta,
}: {
  base: string;
  id: string;
  told: Loose;
  meta: Loose;
}): SourceAsset {
  const title = oneLine(one(meta['title'])) ?? id;
  const files = readArchiveFiles(base, id, told['files']);
  const first = files.renditions[0];
  const pageUrl = `${archiveEndpoints.site}${archiveEndpoints.detailsPath}${encodeURIComponent(id)}`;
  const changedMs = changedAt(told, meta);
  return anEmptyAsset({
    externalId: id,
    title,
    ...versionOf(title, first?.fileName ?? null),
    version: changedMs === null ? null : String(changedMs),
    ...statusOf(meta, files),
    synopsis: paragraphs(meta['description']),
    dates: {
      // "Publication, production or other similar date" of the film itself, as against its day in the Archive.
      filmed: readDate(textOf(one(meta['date']))) ?? readDate(textOf(one(meta['year']))),
      event: null,
      published: readDate(textOf(one(meta['publicdate']))) ?? readDate(textOf(one(meta['addeddate']))),
      changed: changedMs === null ? null : dateOfMs(changedMs),
    },
    place: oneLine(one(meta['coverage'])) ?? oneLine(one(meta['location'])),
    organisations: listOf(meta['publisher']),
    keywords: keywordsOf(meta['subject']),
    language: readLanguage(one(meta['language'])),
    durationMs: first?.durationMs ?? readDurationMs(one(meta['runtime']), 's'),
    rights: rightsOf(meta),
    pageUrl,
    pictureUrl: `${base}${archiveEndpoints.picturePath}${encodeURIComponent(id)}`,
    renditions: files.renditions,
    aliases: aliasesOf({ pageUrl, meta, files }),
  });
}

/** One value, or the first of several under the same key. */
function one(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

/** Texts that are told once or several times, below one another. */
function paragraphs(...values: unknown[]): string | null {
  const texts = values
    .flat()
    .map(plainText)
    .filter((text) => text !== null);
  return texts.length === 0 ? null : texts.join('\n\n');
}

/** In UTC milliseconds; told in seconds, in older answers only as a list of stamps. */
function changedAt(told: Loose, meta: Loose): number | null {
  const seconds = Number(textOf(told['item_last_updated']) ?? Number.NaN);
  if (Number.isSafeInteger(seconds) && seconds > 0) return seconds * 1000;
  const last = listOf(meta['updatedate']).toSorted().at(-1) ?? textOf(one(meta['publicdate']));
  const ms = last === null ? Number.NaN : Date.parse(`${last.replace(' ', 'T').replace(/Z$/, '')}Z`);
  return Number.isFinite(ms) ? ms : null;
}

function statusOf(meta: Loose, files: ArchiveFiles): Pick<SourceAsset, 'status' | 'statusReason'> {
  const restricted = String(one(meta['access-restricted-item'])) === 'true' || files.allPrivate;
  if (restricted)
    return { status: 'withheld', statusReason: 'The Internet Archive does not give its files out.' };
  const hasFilm = files.renditions.some(({ medium }) => medium === 'video');
  return { status: hasFilm ? 'usable' : 'expected', statusReason: null };
}

/** A list, or one text with semicolons. */
function keywordsOf(value: unknown): string[] {
  const words = listOf(value).flatMap((text) => text.split(';').map((word) => word.trim()));
  return [...new Set(words.filter((word) => word !== ''))];
}

function rightsOf(meta: Loose): SourceAsset['rights'] {
  const usageText = paragraphs(meta['rights'], meta['possible-copyright-status']);
  return {
    ...noRights,
    usageText,
    creditLine: oneLine(listOf(meta['creator']).join(', ')),
    licenceUrl: webAddress(one(meta['licenseurl'])),
    editorialOnly: findEditorialOnly(usageText),
    thirdParty: findThirdParty(usageText),
  };
}

function aliasesOf({ pageUrl, meta, files }: { pageUrl: string; meta: Loose; files: ArchiveFiles }): Alias[] {
  const films = files.renditions.filter(({ medium }) => medium === 'video');
  const origin = webAddress(one(meta['originalurl']));
  return [
    { scheme: 'page', value: sameAddress(pageUrl) },
    ...(origin === null ? [] : [{ scheme: 'page', value: sameAddress(origin) }]),
    ...listOf(meta['external-identifier'])
      .filter((value) => value.startsWith('urn:'))
      .map((value) => ({ scheme: 'guid', value })),
    ...films.flatMap(({ address }) =>
      address === null ? [] : [{ scheme: 'media', value: sameAddress(address) }],
    ),
    // Only of what was deposited: a derivative is the Archive's own and known nowhere else.
    ...films.flatMap(({ role, hash }) =>
      role === 'original' && hash !== null ? [{ scheme: hash.kind, value: hash.value }] : [],
    ),
  ];
}
