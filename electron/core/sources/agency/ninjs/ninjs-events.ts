import { listOf, oneLine, plainText } from '../../reading/words.ts';
import { webAddress } from '../../reading/addresses.ts';
import type { SourceEvent } from '../../source-model.ts';
import { fieldsOf, objectsIn, textIn, type Fields } from './ninjs-fields.ts';

/** The events an item belongs to, as far as it names them. */
export function eventsNamedIn(item: Fields): SourceEvent[] {
  return objectsIn(item, 'events', 'event').flatMap((event) => {
    const title = oneLine(textIn(event, 'name', 'title'));
    const externalId = textIn(event, 'uri', 'id', 'literal', 'code') ?? title;
    return externalId === null || title === null ? [] : [{ ...nothingElse, externalId, title }];
  });
}

const nothingElse = {
  firstDay: null,
  lastDay: null,
  place: null,
  people: [],
  organisations: [],
  summary: null,
  pageUrl: null,
} as const;

/** An item of the type `event`, from version 2.2 on. */
export function readEventItem(item: Fields): SourceEvent | null {
  const externalId = textIn(item, 'uri');
  const title = oneLine(
    textIn(item, 'title', 'headline', 'name') ?? textIn(objectsIn(item, 'headlines')[0] ?? {}, 'value'),
  );
  if (externalId === null || title === null) return null;
  const dates = fieldsOf(fieldsOf(item['eventdetails'])['dates']);
  const firstDay = dayOf(textIn(dates, 'startdate', 'expectedstartdate'));
  const lastDay = dayOf(textIn(dates, 'enddate', 'expectedenddate'));
  const names = (...fields: readonly string[]): string[] =>
    listOf(objectsIn(item, ...fields).map((one) => oneLine(textIn(one, 'name')) ?? ''));
  return {
    externalId,
    title,
    firstDay,
    lastDay: firstDay === null || lastDay === null || lastDay < firstDay ? firstDay : lastDay,
    place: placeOf(objectsIn(item, 'places', 'place')[0] ?? {}),
    people: names('people', 'person').map((name) => ({ name })),
    organisations: names('organisations', 'organisation'),
    summary: plainText(
      textIn(objectsIn(item, 'descriptions')[0] ?? {}, 'value') ?? textIn(item, 'description_text'),
    ),
    pageUrl: /^https?:/i.test(externalId) ? webAddress(externalId) : null,
  };
}

/** The day as it is written, by the event's own clock; a month or a year is no day. */
function dayOf(text: string | null): string | null {
  return /^\d{4}-\d\d-\d\d/.exec(text ?? '')?.[0] ?? null;
}

/** The name of a place with the locality and the country of its address behind it. */
function placeOf(place: Fields): string | null {
  const address = objectsIn(place, 'contactinfo').map((info) => fieldsOf(info['address']))[0] ?? {};
  const parts = [textIn(place, 'name'), textIn(address, 'locality'), textIn(address, 'country')];
  return listOf(parts.map((part) => part ?? '')).join(', ') || null;
}
