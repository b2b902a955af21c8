import { hash } from 'node:crypto';
import type { Rights } from '../../../../shared/contract/catalogue.ts';
import { findThirdParty } from '../../../../shared/domain/rights-judgement.ts';
import { fileNameOf, sameAddress, webAddress } from '../reading/addresses.ts';
import { readDurationMs } from '../reading/amounts.ts';
import { anEmptyAsset, noRights, versionOf } from '../reading/assets.ts';
import { endOf, readDate } from '../reading/dates.ts';
import { isStream, readMediaType } from '../reading/media-types.ts';
import { aRendition } from '../reading/renditions.ts';
import { listOf, oneLine, plainText, readLanguage } from '../reading/words.ts';
import type { ItemFailure, SourceAsset, SourceRendition } from '../source-model.ts';
import type { SitemapEntry, VideoTags } from './read-sitemap.ts';

/** What the pages of one file have shown already, so that a page in two entries is not two times the same video. */
interface SeenVideos {
  readonly pages: Set<string>;
  readonly videos: Set<string>;
  readonly names: Set<string>;
}

/** The videos of one page of a sitemap; an odd one costs itself. */
export function toSitemapAssets(
  entry: SitemapEntry,
  fileUrl: string,
  seen: SeenVideos,
): { assets: SourceAsset[]; failures: ItemFailure[] } {
  const page = webAddress(entry.loc, fileUrl);
  const assets: SourceAsset[] = [];
  const failures: ItemFailure[] = [];
  if (entry.told > entry.videos.length) {
    const why = `It has ${entry.told} videos; those behind the first ${entry.videos.length} were not read.`;
    failures.push({ where: entry.loc === '' ? fileUrl : entry.loc, why });
  }
  for (const tags of entry.videos) {
    const content = webAddress(textOf(tags, 'content_loc'), fileUrl);
    const player = webAddress(textOf(tags, 'player_loc'), fileUrl);
    const title = oneLine(plainText(textOf(tags, 'title')));
    const mark = content ?? player ?? title;
    if (mark === null || (page === null && content === null && player === null)) {
      failures.push({
        where: entry.loc === '' ? fileUrl : entry.loc,
        why: 'A video without a title and without an address.',
      });
      continue;
    }
    const own = page === null ? '' : sameAddress(page);
    const key = `${own} ${content === null ? mark : sameAddress(content)}`;
    if (seen.videos.has(key)) continue;
    seen.videos.add(key);
    const alone = page !== null && entry.videos.length === 1 && !seen.pages.has(own);
    if (page !== null) seen.pages.add(own);
    const told = { entry, tags, page, content, player, title, alone, fileUrl };
    const externalId = namesOf(told).find((name) => !seen.names.has(name)) ?? `${own}#${key}`;
    seen.names.add(externalId);
    assets.push(toAsset(told, externalId));
  }
  return { assets, failures };
}

interface Told {
  readonly entry: SitemapEntry;
  readonly tags: VideoTags;
  readonly page: string | null;
  readonly content: string | null;
  readonly player: string | null;
  readonly title: string | null;
  /** The only video of its page, so that the page's address is its name. */
  readonly alone: boolean;
  readonly fileUrl: string;
}

function toAsset(told: Told, externalId: string): SourceAsset {
  const { entry, tags, page, alone } = told;
  const rendition = renditionOf(told, externalId);
  const title = told.title ?? rendition?.fileName ?? externalId;
  const live = saysYes(tags, 'live');
  return anEmptyAsset({
    externalId,
    aliases: [
      ...(alone && page !== null ? [{ scheme: 'page', value: sameAddress(page) }] : []),
      ...(rendition?.address == null ? [] : [{ scheme: 'media', value: sameAddress(rendition.address) }]),
    ],
    title,
    ...versionOf(title, rendition?.fileName ?? null),
    // A line that goes on below its indentation was wrapped by whoever laid out the file.
    synopsis: plainText(textOf(tags, 'description')?.replace(/(?<=\S)[ \t]*\r?\n[ \t]+(?=\S)/g, ' ')),
    dates: {
      filmed: null,
      event: null,
      published: readDate(textOf(tags, 'publication_date')),
      changed: readDate(entry.lastmod),
    },
    keywords: listOf([...textsOf(tags, 'tag'), ...textsOf(tags, 'category')]),
    organisations: listOf(textsOf(tags, 'uploader')),
    language: readLanguage(entry.language),
    durationMs: readDurationMs(textOf(tags, 'duration'), 's'),
    rights: rightsOf(tags),
    pageUrl: page,
    pictureUrl: webAddress(textOf(tags, 'thumbnail_loc'), told.fileUrl),
    renditions: rendition === null ? [] : [rendition],
    ...(rendition !== null && !live
      ? {}
      : { status: 'expected' as const, statusReason: live ? 'live' : 'Only a player is offered, no file.' }),
  });
}

/**
 * Several videos of a page are told apart by what plays them, else by their file. One alone is its page: its file may
 * come later and change. Best first; a player that is the same for all names none of them.
 */
function namesOf({ page, alone, player, content, title }: Told): string[] {
  if (page !== null && alone) return [sameAddress(page)];
  const owns = [player, content].filter((address) => address !== null).map(sameAddress);
  return [...owns, title ?? ''].map((own) =>
    page === null ? own : `${sameAddress(page)}#${hash('sha1', own).slice(0, 16)}`,
  );
}

function renditionOf({ content, player, tags }: Told, externalId: string): SourceRendition | null {
  // Some give the file itself as its player.
  const address = content ?? (player !== null && isFile(player) ? player : null);
  if (address === null || isStream(address)) return null;
  const fileName = fileNameOf(address) ?? 'video';
  const { medium, ...facts } = readMediaType(null, fileName);
  return aRendition({
    externalId: `${externalId} ${sameAddress(address)}`,
    fileName,
    ...facts,
    medium: medium ?? 'video',
    role: 'content',
    durationMs: readDurationMs(textOf(tags, 'duration'), 's'),
    address,
  });
}

function isFile(address: string): boolean {
  return readMediaType(null, fileNameOf(address)).medium === 'video';
}

function rightsOf(tags: VideoTags): Rights {
  const [restriction] = tags.get('restriction') ?? [];
  const countries = oneLine(restriction?.text ?? null);
  const denied = restriction?.attributes['relationship']?.trim().toLowerCase() === 'deny';
  const price = tags.get('price')?.[0];
  const terms = [
    saysYes(tags, 'requires_subscription') ? 'Requires a subscription.' : null,
    price && oneLine(price.text) !== null
      ? `Price: ${[oneLine(price.text), price.attributes['currency'], price.attributes['type']].filter(Boolean).join(' ')}.`
      : null,
  ].filter((term) => term !== null);
  return {
    ...noRights,
    usageText: terms.length === 0 ? null : terms.join(' '),
    thirdParty: findThirdParty(plainText(textOf(tags, 'description'))),
    expiresAtMs: endOf(readDate(textOf(tags, 'expiration_date'))),
    territories: countries === null ? null : `${denied ? 'Not in' : 'Only in'}: ${countries}`,
  };
}

function textsOf(tags: VideoTags, name: string): string[] {
  return (tags.get(name) ?? []).flatMap(({ text }) => oneLine(plainText(text)) ?? []);
}

function textOf(tags: VideoTags, name: string): string | null {
  const text = tags.get(name)?.[0]?.text.trim() ?? '';
  return text === '' ? null : text;
}

function saysYes(tags: VideoTags, name: string): boolean {
  return /^(yes|true|1)$/i.test(textOf(tags, name) ?? '');
}
