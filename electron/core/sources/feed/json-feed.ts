import { noRights } from '../reading/assets.ts';
import { readDate } from '../reading/dates.ts';
import { webAddress } from '../reading/addresses.ts';
import { listOf, oneLine, plainText, readLanguage } from '../reading/words.ts';
import { isObject, textOf, type Loose } from '../reading/read-json.ts';
import { clipDurationMs, takeFile } from './feed-files.ts';
import type { FeedFile, ItemFacts } from './item-facts.ts';

/** A JSON Feed by its version, or by what it has, for some generators forget the version; null when it is none. */
export function asJsonFeed(value: unknown): Loose | null {
  if (!isObject(value) || !Array.isArray(value['items'])) return null;
  const byVersion = /jsonfeed\.org\/version/i.test(textOf(value['version']) ?? '');
  const byFields =
    textOf(value['title']) !== null &&
    (textOf(value['feed_url']) !== null || textOf(value['home_page_url']) !== null);
  return byVersion || byFields ? value : null;
}

/** Reads an item of a JSON Feed; null when it is no object. */
export function readJsonItem(
  item: unknown,
  { feed, base, where }: { feed: Loose; base: string; where: string },
): ItemFacts | null {
  if (!isObject(item)) return null;
  const text = (name: string): string | null => textOf(item[name]);
  const id = text('id');
  const body = plainText(text('content_html')) ?? plainText(text('content_text'));
  const summary = plainText(text('summary'));
  const keywords = listOf(item['tags']);
  const { files, announcesVideo } = filesOf(item, base);
  return {
    where: id ?? text('url') ?? where,
    ids: id === null ? [] : [id],
    page: webAddress(text('url'), base) ?? webAddress(text('external_url'), base),
    title: oneLine(text('title')),
    body: body ?? summary,
    summary: body === null || summary === body ? null : summary,
    shotlist: null,
    transcript: null,
    dates: {
      filmed: null,
      event: null,
      published: readDate(text('date_published')),
      changed: readDate(text('date_modified')),
    },
    place: null,
    people: authorsOf(item),
    organisations: [],
    keywords,
    language: readLanguage(text('language')) ?? readLanguage(feed['language']),
    durationMs: null,
    rights: noRights,
    pictureUrl: webAddress(text('image'), base) ?? webAddress(text('banner_image'), base),
    files,
    announcesVideo:
      announcesVideo || keywords.some((word) => /^(videos?|b-?roll|footage|rushes)$/i.test(word)),
    standing: null,
  };
}

function filesOf(item: Loose, base: string): { files: FeedFile[]; announcesVideo: boolean } {
  const attachments = Array.isArray(item['attachments']) ? item['attachments'].filter(isObject) : [];
  const taken = attachments.map((one) => {
    const said = {
      address: textOf(one['url']),
      base,
      type: textOf(one['mime_type']),
      bytes: one['size_in_bytes'],
    };
    const { file, announcesVideo } = takeFile(said);
    const role = oneLine(one['title']);
    const durationMs = clipDurationMs(one['duration_in_seconds']);
    return { file: file && { ...file, durationMs, ...(role === null ? {} : { role }) }, announcesVideo };
  });
  return {
    files: taken.flatMap(({ file }) => file ?? []),
    announcesVideo: taken.some((one) => one.announcesVideo),
  };
}

/** Version 1.1 has `authors`, version 1.0 `author`. */
function authorsOf(item: Loose): ItemFacts['people'] {
  const given = Array.isArray(item['authors']) ? item['authors'] : [item['author']];
  return listOf(given.filter(isObject).map((author) => author['name'])).map((name) => ({
    name,
    role: 'author',
  }));
}
