import type { Person } from '../../../../shared/contract/values.ts';
import { listOf, oneLine } from '../reading/words.ts';
import { attributeOf, childOf, childrenOf, markupOf } from './xml-reading.ts';
import type { XmlElement } from './xml-tree.ts';

/** Roles that a house has and not a person. */
const houseRoles =
  /^(publisher|owner|distributor|distribution company|producer company|production company|agency|broadcaster|company)$/i;
/** Accounts of whoever filled the form. */
const accounts = /^(admin|administrator|webmaster|editor|user|guest)$/i;

/** Longer is no name, and the patterns below would take the square of its length. */
const longestAuthor = 500;

/** Who is named, and which houses. */
export function namesOf(scopes: readonly XmlElement[]): { people: Person[]; organisations: string[] } {
  const credits = scopes
    .flatMap((one) => childrenOf(one, 'media:credit', 'podcast:person'))
    .flatMap((one) => named(oneLine(markupOf(one)), oneLine(attributeOf(one, 'role'))));
  const authors = scopes.flatMap((one) => [
    ...childrenOf(one, 'atom:author').map((author) => oneLine(markupOf(childOf(author, 'atom:name')))),
    ...childrenOf(one, 'author', 'dc:creator', 'dcterms:creator', 'itunes:author').map((author) =>
      withoutMail(oneLine(markupOf(author))),
    ),
  ]);
  const isHouse = ({ role }: Person): boolean => role !== undefined && houseRoles.test(role);
  const houses = credits.filter(isHouse);
  const publishers = scopes.flatMap((one) =>
    childrenOf(one, 'dc:publisher', 'dcterms:publisher').map(markupOf),
  );
  const people = [
    ...credits.filter((credit) => !isHouse(credit)),
    ...authors.flatMap((name) => (name === null || accounts.test(name) ? [] : named(name, 'author'))),
  ];
  return {
    people: firstOfEach(people),
    organisations: listOf([...houses.map(({ name }) => name), ...publishers]),
  };
}

/** What it is filed under: categories, keywords, tags with or without weights. */
export function keywordsOf(scopes: readonly XmlElement[]): string[] {
  const filed = scopes
    .flatMap((one) =>
      childrenOf(one, 'category', 'atom:category', 'media:category', 'dc:subject', 'dcterms:subject'),
    )
    .map((one) => attributeOf(one, 'label') ?? attributeOf(one, 'term') ?? markupOf(one));
  const lists = scopes
    .flatMap((one) => [
      ...childrenOf(one, 'media:keywords', 'itunes:keywords'),
      ...childrenOf(childOf(one, 'media:community'), 'media:tags'),
    ])
    .flatMap((one) => markupOf(one).split(/[,;\n]/))
    .map((word) => word.replace(/:\s*\d+(\.\d+)?\s*$/, ''));
  return listOf([...filed, ...lists]);
}

/** Each person once, as first named. */
function firstOfEach(people: readonly Person[]): Person[] {
  const byName = new Map<string, Person>();
  for (const person of people) if (!byName.has(person.name)) byName.set(person.name, person);
  return [...byName.values()];
}

function named(name: string | null, role: string | null): Person[] {
  if (name === null) return [];
  return [role === null ? { name } : { name, role }];
}

/** RSS wants an address with a name behind it in brackets; an address alone names nobody. */
function withoutMail(author: string | null): string | null {
  const text = author?.slice(0, longestAuthor) ?? '';
  const name = /\(([^)]+)\)/.exec(text)?.[1] ?? text.replace(/<?\S+@\S+>?/, '');
  return oneLine(name);
}
