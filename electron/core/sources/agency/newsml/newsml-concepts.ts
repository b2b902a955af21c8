import type { Person } from '../../../../../shared/contract/values.ts';
import { addDays } from '../../../../../shared/domain/calendar-day.ts';
import { listOf, oneLine } from '../../reading/words.ts';
import type { SourceEvent } from '../../source-model.ts';
import { codeOf, identityOf, localCode, type Schemes } from './qcode.ts';
import { attributeOf, childOf, childrenOf, textOf, type XmlNode } from './xml-node.ts';

/** What the subjects and the creators of an item are, told apart by their types. */
export interface Concepts {
  readonly people: readonly Person[];
  readonly organisations: readonly string[];
  readonly places: readonly string[];
  readonly keywords: readonly string[];
  readonly events: readonly SourceEvent[];
}

type Sort = 'person' | 'organisation' | 'place' | 'event' | 'other';

/** Sorts the concepts that an item names. */
export function conceptsOf(contentMeta: XmlNode | null, schemes: Schemes): Concepts {
  const subjects = childrenOf(contentMeta, 'subject').map((node) => ({ node, sort: sortOf(node) }));
  const makers = ['creator', 'contributor'].flatMap((name) =>
    childrenOf(contentMeta, name).map((node) => ({ node, sort: sortOf(node) })),
  );
  const names = (found: readonly { node: XmlNode; sort: Sort }[], sort: Sort): string[] =>
    listOf(found.filter((one) => one.sort === sort).map(({ node }) => nameOf(node) ?? ''));
  const by = childrenOf(contentMeta, 'by').map((node) => oneLine(textOf(node)));
  return {
    people: [
      ...names(subjects, 'person').map((name) => ({ name })),
      ...makers.filter(({ sort }) => sort === 'person').flatMap(({ node }) => maker(node)),
      ...listOf(by.map((name) => name ?? '')).map((name) => ({ name, role: 'by' })),
    ],
    organisations: listOf([...names(subjects, 'organisation'), ...names(makers, 'organisation')]),
    places: names(subjects, 'place'),
    keywords: listOf([
      ...names(subjects, 'other'),
      ...childrenOf(contentMeta, 'genre').map((node) => nameOf(node) ?? ''),
      ...childrenOf(contentMeta, 'keyword').map((node) => textOf(node) ?? ''),
    ]),
    events: subjects.flatMap(({ node, sort }) => (sort === 'event' ? eventOf(node, schemes) : [])),
  };
}

/** An event of its own, as a concept item or a knowledge item tells it. */
export function eventOfConcept(concept: XmlNode, schemes: Schemes): SourceEvent[] {
  const isEvent =
    sortOfCode(codeOf(childOf(concept, 'type'))) === 'event' || childOf(concept, 'eventDetails');
  const id = childOf(concept, 'conceptId');
  return !isEvent || id === null ? [] : eventOf(concept, schemes, id);
}

function eventOf(node: XmlNode, schemes: Schemes, id: XmlNode = node): SourceEvent[] {
  const externalId = identityOf(id, schemes);
  const title = nameOf(node);
  if (externalId === null || title === null) return [];
  const details = childOf(node, 'eventDetails');
  const dates = childOf(details, 'dates');
  const firstDay = dayOf(childOf(dates, 'start'));
  return [
    {
      externalId,
      title,
      firstDay,
      lastDay: lastDay(firstDay, dayOf(childOf(dates, 'end')) ?? endOf(firstDay, childOf(dates, 'duration'))),
      place: nameOf(childOf(details, 'location')),
      people: childrenOf(details, 'participant').flatMap((one) =>
        sortOf(one) === 'organisation' ? [] : maker(one),
      ),
      organisations: listOf(
        ['organiser', 'participant'].flatMap((name) =>
          childrenOf(details, name).flatMap((one) =>
            name === 'organiser' || sortOf(one) === 'organisation' ? [nameOf(one) ?? ''] : [],
          ),
        ),
      ),
      summary: textOf(childOf(node, 'definition')),
      pageUrl: null,
    },
  ];
}

/** The day as it is written: the start of a moment is a day by the event's own clock. */
function dayOf(node: XmlNode | null): string | null {
  return /^\d{4}-\d\d-\d\d/.exec(textOf(node) ?? '')?.[0] ?? null;
}

/** The last of so many days, as `P2D` counts them. */
function endOf(first: string | null, duration: XmlNode | null): string | null {
  const days = Number(/^P(\d{1,3})D/.exec(textOf(duration) ?? '')?.[1] ?? '0');
  return first === null || days < 1 ? null : addDays(first, days - 1);
}

function lastDay(first: string | null, last: string | null): string | null {
  return first === null || last === null || last < first ? first : last;
}

function maker(node: XmlNode): Person[] {
  const name = nameOf(node);
  const role = attributeOf(node, 'role');
  const named = role === null ? null : localCode(role);
  if (name === null) return [];
  return [named === null ? { name } : { name, role: named }];
}

/** The name of a concept, in English where it has several, else what stands for one. */
export function nameOf(node: XmlNode | null): string | null {
  const names = childrenOf(node, 'name');
  const english = names.find((name) => /^en\b/i.test(attributeOf(name, 'lang') ?? ''));
  return oneLine(textOf(english ?? names[0] ?? null)) ?? attributeOf(node, 'literal');
}

function sortOf(node: XmlNode): Sort {
  const type = attributeOf(node, 'type');
  const told = sortOfCode(type === null ? null : localCode(type));
  if (told !== 'other') return told;
  if (childOf(node, 'personDetails') !== null) return 'person';
  return childOf(node, 'organisationDetails') === null ? 'other' : 'organisation';
}

function sortOfCode(code: string | null): Sort {
  switch ((code ?? '').toLowerCase()) {
    case 'person':
      return 'person';
    case 'organisation':
    case 'organization':
      return 'organisation';
    case 'geoarea':
    case 'poi':
    case 'city':
    case 'country':
      return 'place';
    case 'event':
      return 'event';
    default:
      return 'other';
  }
}
