import { readDate } from '../../reading/dates.ts';
import { listOf, oneLine, readLanguage } from '../../reading/words.ts';
import { webAddress } from '../../reading/addresses.ts';
import type { Person } from '../../../../../shared/contract/values.ts';
import type { Alias } from '../../source-model.ts';
import { toAsset, type AgencyFile, type AgencyItem } from '../agency-item.ts';
import type { RoledText } from '../agency-texts.ts';
import type { ReadContext, ReadItem } from '../read-context.ts';
import { eventsNamedIn, readEventItem } from './ninjs-events.ts';
import { fieldsOf, objectsIn, textIn, type Fields } from './ninjs-fields.ts';
import { filesOf, readDuration } from './ninjs-renditions.ts';

/** Packages lie in one another no deeper than this. */
const deepest = 6;

/** Reads an item and what is associated with it; what is no video comes to nothing. */
export function readNinjsItem(item: Fields, context: ReadContext, depth = 0): ReadItem[] {
  const type = (textIn(item, 'type') ?? '').toLowerCase();
  const inside = depth < deepest ? objectsIn(item, 'associations') : [];
  const below = inside.flatMap((one) => readNinjsItem(one, context, depth + 1));
  if (type === 'event') {
    const event = readEventItem(item);
    return event === null
      ? [{ failures: [failureOf(item, 'An event without a name or without a uri.')] }, ...below]
      : [{ events: [event] }, ...below];
  }
  const files = filesOf(item, context.address);
  const isVideo = type === '' ? files.some(({ medium }) => medium === 'video') : type === 'video';
  if (!isVideo) return below;
  const guid = textIn(item, 'uri', 'guid', '_id');
  if (guid === null) return [{ failures: [failureOf(item, 'It has no uri.')] }, ...below];
  // A mere reference to an item that is told elsewhere knows nothing of it that could replace what is known.
  if (depth > 0 && isReference(item)) return below;
  const events = eventsNamedIn(item);
  const pictures = inside.flatMap((one) => filesOf(one, context.address)).filter(isPicture);
  const asset = toAsset(
    {
      guid,
      number: textIn(item, 'version', '_current_version'),
      versionCreated: readDate(textIn(item, 'versioncreated')),
      firstCreated: readDate(textIn(item, 'firstcreated', 'firstpublished')),
      contentCreated: readDate(textIn(item, 'contentcreated')),
      titles: titlesOf(item),
      ...textsAndPlace(item),
      ...namesOf(item),
      shots: [],
      language: readLanguage(textIn(item, 'language')),
      eventExternalId: events[0]?.externalId ?? null,
      durationMs: readDuration(item['duration']),
      files: [...files, ...pictures],
      otherIds: otherIdsOf(item),
      pageUrl: webAddress(textIn(item, 'webpage', 'canonicalurl', 'url')),
      ...rightsOf(item),
    },
    context,
  );
  return [{ assets: [asset], events }, ...below];
}

function isPicture(file: AgencyFile): boolean {
  return file.medium === 'picture';
}

function isReference(item: Fields): boolean {
  const told = ['renditions', 'headline', 'headlines', 'title', 'pubstatus', 'versioncreated'];
  return !told.some((name) => item[name] !== undefined);
}

function failureOf(item: Fields, why: string): { where: string; why: string } {
  return {
    where: textIn(item, 'uri', 'guid', 'title', 'headline', 'slugline') ?? 'an item without a name',
    why,
  };
}

function titlesOf(item: Fields): (string | null)[] {
  const headlines = objectsIn(item, 'headlines');
  const isMain = (one: Fields): boolean => /^$|main|headline|title/i.test(textIn(one, 'role') ?? '');
  const best = headlines.find(isMain) ?? headlines[0] ?? {};
  return [
    textIn(best, 'value'),
    textIn(item, 'headline'),
    textIn(item, 'title', 'name'),
    textIn(item, 'slugline'),
  ];
}

/** The fields of version 1 carry the role in their name: `body_shotlist`, `description_text`. */
function textsOf(item: Fields): RoledText[] {
  const listed = ['descriptions', 'bodies'].flatMap((field) =>
    objectsIn(item, field).map((one) => ({ role: textIn(one, 'role'), text: textIn(one, 'value') })),
  );
  const plain = Object.keys(item)
    .filter((key) =>
      /^(description|body|shotlist|transcript|script|summary|abstract|storyline)(_|$)/.test(key),
    )
    .map((key) => ({ role: key, text: textIn(item, key) }));
  return [...listed, ...plain].flatMap(({ role, text }) => (text === null ? [] : [{ role, text }]));
}

function textsAndPlace(item: Fields): Pick<AgencyItem, 'texts' | 'place' | 'country'> {
  const places = objectsIn(item, 'places', 'place');
  const isCountry = (place: Fields): boolean =>
    /iso3166|country/i.test(`${textIn(place, 'uri', 'scheme', 'rel')}`);
  const country = places.find(isCountry);
  const first = places.find((place) => place !== country);
  return {
    texts: textsOf(item),
    place: textIn(item, 'located') ?? textIn(first ?? {}, 'name'),
    country: textIn(country ?? {}, 'name') ?? textIn(first ?? {}, 'country'),
  };
}

function namesOf(item: Fields): Pick<AgencyItem, 'people' | 'organisations' | 'keywords'> {
  const names = (...fields: readonly string[]): string[] =>
    listOf(objectsIn(item, ...fields).map((one) => oneLine(textIn(one, 'name')) ?? ''));
  const by = oneLine(textIn(item, 'by', 'byline'));
  const people: Person[] = names('people', 'person').map((name) => ({ name }));
  return {
    people: by === null ? people : [...people, { name: by, role: 'by' }],
    organisations: names('organisations', 'organisation'),
    keywords: listOf([
      ...names('subjects', 'subject'),
      ...names('genres', 'genre'),
      ...names('keywords'),
      ...names('objects', 'object'),
    ]),
  };
}

function otherIdsOf(item: Fields): Alias[] {
  const listed = objectsIn(item, 'altids').map((one) => ({
    role: textIn(one, 'role', 'name'),
    value: textIn(one, 'value'),
  }));
  const named = Object.entries(fieldsOf(item['altids'])).map(([role, value]) => ({
    role,
    value: typeof value === 'string' ? value.trim() : null,
  }));
  // Of the agencies' own numbers nobody knows what else they may mean; these two are what they say.
  return [...listed, ...named].flatMap(({ role, value }) => {
    if (value === null || value === '') return [];
    if (/^virin$/i.test(role ?? '')) return [{ scheme: 'virin', value }];
    return /^urn:newsml:/i.test(value) ? [{ scheme: 'guid', value }] : [];
  });
}

function rightsOf(
  item: Fields,
): Pick<AgencyItem, 'signs' | 'creditLine' | 'copyright' | 'licenceUrl' | 'territories' | 'expires'> {
  const licence = fieldsOf(objectsIn(fieldsOf(item['rightsinfo']), 'linkedrights')[0]);
  const reason = textIn(item, 'embargoedreason');
  const signals = objectsIn(item, 'signals', 'signal').map(
    (one) => textIn(one, 'name', 'code', 'value') ?? '',
  );
  return {
    signs: {
      pubStatus: textIn(item, 'pubstatus'),
      edNotes: listOf(['ednote', 'ednotes'].map((name) => textIn(item, name) ?? '')),
      signals: [...signals, textIn(item, 'signal') ?? ''].map((code) => code.replace(/^sig:/i, '')),
      // A reason without a date is an embargo all the same.
      embargoed: embargoOf(item) ?? (item['embargoed'] === true ? '' : reason),
      usageText: textIn(item, 'usageterms'),
    },
    creditLine: textIn(item, 'creditline', 'credit'),
    copyright: textIn(item, 'copyrightnotice', 'copyrightholder'),
    licenceUrl: webAddress(textIn(licence, 'href')),
    territories: null,
    expires: readDate(textIn(item, 'expires')),
  };
}

function embargoOf(item: Fields): string | null {
  return textIn(item, 'embargoeduntil', 'embargoed', 'embargo');
}
