// A catalogue that nobody filmed: as large as is asked for, the same at every run, with the skew that real words have.
import type { SourceAsset, SourceEvent } from '../../../electron/core/sources/source-model.ts';
import { anEmptyAsset } from '../../../electron/core/sources/reading/assets.ts';
import { aRendition } from '../../../electron/core/sources/reading/renditions.ts';
import type { DateFact } from '../../../shared/contract/values.ts';

/** Numbers from 0 up to 1 that are the same for the same seed. */
export type Random = () => number;

/** Mulberry32: small, quick and good enough for words. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const latin = {
  onset: 'b c d f g h j k l m n p r s t v w br ch cl dr fr gr pl pr sh st str th tr'.split(' '),
  core: 'a e i o u a e i o ai ea ou é ü ø ł'.split(' '),
  coda: ['n', 'r', 's', 't', 'l', 'd', 'm', '', '', '', 'ng', 'nt', 'st', 'ck'],
};
const cyrillic = {
  onset: 'б в г д ж з к л м н п р с т ф х ц ч ш пр ст тр кр'.split(' '),
  core: 'а е и о у ы я ё ю'.split(' '),
  coda: ['', '', 'й', 'н', 'т', 'ть', 'ов', 'ский'],
};
const arabic = {
  onset: 'ب ت ث ج ح د ر س ش ص ط ع ف ق ك ل م ن ه و'.split(' '),
  core: ['ا', 'و', 'ي', '', 'َ', 'أ', 'ِ', 'ُ'],
  coda: ['', '', 'ة', 'ى', 'ن', 'ين', 'ات'],
};
const greek = {
  onset: 'β γ δ ζ θ κ λ μ ν ξ π ρ σ τ φ χ ψ'.split(' '),
  core: 'α ε η ι ο υ ω ά έ ή ί ό'.split(' '),
  coda: ['ς', 'ν', '', 'ος', 'ων'],
};
type Script = typeof latin;
const common =
  'the of and to in a for is on with by at from as an council parliament european minister commission press conference summit debate vote arrival statement session plenary president budget climate energy migration';

function makeWords(
  script: Script,
  wanted: { count: number; seed: number; first: readonly string[] },
): string[] {
  const random = createRandom(wanted.seed);
  const words = new Set(wanted.first);
  while (words.size < wanted.count) {
    const syllables = 1 + Math.floor(random() * 3);
    let word = '';
    for (let index = 0; index < syllables; index++)
      word += pick(random, script.onset) + pick(random, script.core);
    word += pick(random, script.coda);
    if (word.length > 2) words.add(word);
  }
  return [...words];
}

/** The words of the catalogue by script, the most frequent first: the word of rank k comes up 1/k as often as the first. */
export const vocabulary = {
  latin: makeWords(latin, { count: 40_000, seed: 7, first: common.split(' ') }),
  cyrillic: makeWords(cyrillic, { count: 8_000, seed: 8, first: ['и', 'в', 'на', 'совет', 'президент'] }),
  arabic: makeWords(arabic, { count: 8_000, seed: 9, first: ['في', 'من', 'على', 'مجلس', 'رئيس'] }),
  greek: makeWords(greek, { count: 4_000, seed: 10, first: ['και', 'το', 'στην', 'συμβούλιο'] }),
};

/** A word as often as its rank says. */
export function zipfWord(random: Random, words: readonly string[]): string {
  return words[zipfRank(random, words.length)] ?? '';
}

function zipfRank(random: Random, count: number): number {
  return Math.min(count - 1, Math.floor(Math.exp(random() * Math.log(count))) - 1);
}

function pick<T>(random: Random, all: readonly T[]): T {
  return all[Math.floor(random() * all.length)] as T;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function names(count: number, seed: number): string[] {
  const random = createRandom(seed);
  const part = (): string => capital(pick(random, vocabulary.latin.slice(1000)));
  return Array.from({ length: count }, () => `${part()} ${part()}`);
}

const people = names(5000, 21);
const places = names(800, 22);
const organisations = names(600, 23);
const tags = names(1200, 24).map((name) => name.toLowerCase());
const eventNames = names(3000, 25);
const countries = names(190, 26);
const roles = ['Minister', 'President', 'Spokesperson', 'Ambassador'];
const versionKinds = ['master', 'master', 'subtitled', 'b-roll', 'unknown'] as const;

/** The events that synthetic assets belong to. */
export function syntheticEvents(): SourceEvent[] {
  return eventNames.map((name, index) => ({
    externalId: `event-${index}`,
    title: `${name} ${2015 + (index % 11)}`,
    firstDay: null,
    lastDay: null,
    place: places[index % places.length] ?? null,
    people: [],
    organisations: [],
    summary: null,
    pageUrl: null,
  }));
}

/** The n-th asset of the synthetic catalogue: the same for the same number and seed, whatever was asked before. */
export function syntheticAsset(n: number, seed = 1): SourceAsset {
  const random = createRandom(Math.imul(n + 1, 0x9e3779b1) ^ Math.imul(seed, 0x85ebca6b));
  const [language, words] = languageOf(random());
  const text = (count: number): string => sentence(random, words, count);
  const day = dayOf(random);
  const some = (all: readonly string[], most: number): string[] => [
    ...new Set(
      Array.from(
        { length: Math.floor(random() * (most + 1)) },
        () => all[zipfRank(random, all.length)] ?? '',
      ),
    ),
  ];
  const event = random() < 0.6 ? zipfRank(random, eventNames.length) : null;
  const status =
    random() < 0.97 ? 'usable' : pick(random, ['expected', 'embargoed', 'withheld', 'withdrawn'] as const);
  return anEmptyAsset({
    externalId: `synthetic-${n}`,
    title: text(6 + Math.floor(random() * 6)),
    version: '1',
    versionKind: pick(random, versionKinds),
    status,
    teaser: text(12),
    synopsis: text(30 + Math.floor(random() * 30)),
    shotlist: random() < 0.4 ? shotlist(text) : null,
    transcript: random() < 0.2 ? text(120) : null,
    dates: { filmed: aDay(day), event: null, published: aDay(day), changed: null },
    eventExternalId: event === null ? null : `event-${event}`,
    place: some(places, 1)[0] ?? null,
    country: countries[zipfRank(random, countries.length)] ?? null,
    people: some(people, 4).map((name) => ({ name, role: pick(random, roles) })),
    organisations: some(organisations, 2),
    keywords: some(tags, 7),
    language,
    durationMs: 10_000 + Math.floor(random() * 3_000_000),
    pageUrl: `https://catalogue.example/items/${n}`,
    pictureUrl: random() < 0.9 ? `https://catalogue.example/pictures/${n}.jpg` : null,
    renditions: renditionsOf(n, random),
  });
}

function renditionsOf(n: number, random: Random): SourceAsset['renditions'] {
  const sizes = [
    ['preview', 540],
    ['broadcast', 1080],
    ['original', 2160],
  ] as const;
  return sizes.slice(0, 1 + Math.floor(random() * 3)).map(([role, height]) =>
    aRendition({
      externalId: `synthetic-${n}-${role}`,
      fileName: `${capital(zipfWord(random, vocabulary.latin))}_${n}_${role}.mp4`,
      medium: 'video',
      role,
      height,
      container: 'mp4',
      videoCodec: 'h264',
      sizeBytes: Math.floor(random() * 4_000_000_000),
      address: `https://files.example/${n}/${role}.mp4`,
    }),
  );
}

function languageOf(random: number): [string, readonly string[]] {
  if (random < 0.82) return ['en', vocabulary.latin];
  if (random < 0.9) return ['ru', vocabulary.cyrillic];
  if (random < 0.97) return ['ar', vocabulary.arabic];
  return ['el', vocabulary.greek];
}

function sentence(random: Random, words: readonly string[], count: number): string {
  let text = capital(zipfWord(random, words));
  for (let index = 1; index < count; index++)
    text += (index % 13 === 12 ? '. ' : ' ') + zipfWord(random, words);
  return `${text}.`;
}

function shotlist(text: (count: number) => string): string {
  return Array.from({ length: 6 }, (_, index) => `00:0${index}:00 ${text(8)}`).join('\n');
}

function dayOf(random: Random): string {
  const two = (value: number): string => String(1 + Math.floor(value)).padStart(2, '0');
  return `${2015 + Math.floor(random() * 11)}-${two(random() * 12)}-${two(random() * 28)}`;
}

function aDay(day: string): DateFact {
  return { precision: 'day', firstDay: day, lastDay: day, atMs: null, text: day };
}
