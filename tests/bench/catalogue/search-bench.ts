// How long search takes over a large catalogue, asked through the thread as the pages do.
// node tests/bench/catalogue/search-bench.ts [assets] [a file to keep the catalogue in, or to find it in]
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCatalogueWriter, run } from '../../../electron/core/catalogue/catalogue-writer.ts';
import {
  createCatalogueSearch,
  type CatalogueSearch,
} from '../../../electron/core/catalogue/search/catalogue-search.ts';
import { tellingOf } from '../../../electron/core/catalogue/telling.ts';
import { catalogueMigrations } from '../../../electron/core/storage/databases.ts';
import { openDatabase, type Connection } from '../../../electron/core/storage/open-database.ts';
import { createPlainSql } from './plain-sql.ts';
import { createRandom, syntheticAsset, syntheticEvents, vocabulary, zipfWord } from './synthetic.ts';

const count = Number(process.argv[2] ?? 100_000);
const kept = process.argv[3];
const dir = mkdtempSync(join(tmpdir(), 'rushes-search-bench-'));
const file = kept ?? join(dir, 'catalogue.db');
const sources = Array.from({ length: 4 }, (_, index) => ({
  id: `0198a000-0000-7000-8000-00000000000${index}`,
  name: `Source ${index}`,
}));
const random = createRandom(4242);
const samples = 150;
/** Plain SQL takes seconds over some. */
const plainSamples = 12;

const words = Array.from({ length: 2000 }, () => {
  const draw = random();
  const script = draw < 0.85 ? 'latin' : draw < 0.91 ? 'cyrillic' : draw < 0.97 ? 'arabic' : 'greek';
  return zipfWord(random, vocabulary[script]);
});
const longWords = words.filter((word) => word.length > 3);
const one = (index: number): string => longWords[index % longWords.length] ?? '';
const beginning = (letters: number) => (index: number) => one(index).slice(0, letters);
const phraseOf = (index: number): string => {
  const told =
    syntheticAsset(Math.floor(random() * count))
      .synopsis?.replaceAll('.', '')
      .split(' ') ?? [];
  return `"${told.slice(index % 20, (index % 20) + 3).join(' ')}"`;
};

const isThere = existsSync(file);
const db = open();
const plain = createPlainSql(db);
try {
  if (!isThere) build();
  await measureAll();
} finally {
  db.close();
  rmSync(dir, { recursive: true, force: true });
}

function open(): Connection {
  return openDatabase({
    file,
    synchronous: 'NORMAL',
    migrations: catalogueMigrations,
    checkFirst: false,
    now: () => Date.now(),
  });
}

/** Newest first, as sources list what they have; one source after the other. */
function build(): void {
  const startedAt = performance.now();
  const writer = createCatalogueWriter(db);
  const arrival = Array.from({ length: count }, (_, n) => ({
    n,
    day: syntheticAsset(n).dates.filmed?.firstDay ?? '',
  })).sort((a, b) => (a.day < b.day ? 1 : -1));
  for (const [index, source] of sources.entries()) {
    const { run: number } = writer.begin(source.id);
    const own = arrival.filter(({ n }) => n % sources.length === index);
    const page = { sourceId: source.id, run: number, failures: 0, cursor: 'c', nowMs: 1 };
    writer.writePage({ ...page, tellings: [], events: syntheticEvents() });
    for (let from = 0; from < own.length; from += 500) {
      const tellings = own.slice(from, from + 500).map(({ n }) => tellingOf(syntheticAsset(n)));
      writer.writePage({ ...page, tellings, events: [] });
    }
    writer.finishRun({ sourceId: source.id, run: number, ends: 'everything', cursor: 'end', nowMs: 1 });
  }
  run(writer.optimise());
  console.log(`${count} assets written in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
}

async function measureAll(): Promise<void> {
  console.log(`database ${Math.round(statSync(file).size / 2 ** 20)} MB, load ${loadavg()[0]?.toFixed(1)}`);
  const search = createCatalogueSearch({
    db,
    file,
    workerUrl: new URL('../../../electron/core/catalogue/search/search-worker.ts', import.meta.url),
    log: console,
    sourceNames: () => sources,
  });
  try {
    const startedAt = performance.now();
    await search.facets({ versionKind: 'master' });
    console.log(`ready ${(performance.now() - startedAt).toFixed(0)} ms after the start of the thread`);
    // Whoever opens the page looks at it before typing; the thread looks up meanwhile what words begin with.
    await sleep(5000);
    await measureFinds(search);
    await measureFacets(search);
    await measurePages(search);
  } finally {
    await search.close();
  }
}

async function measureFinds(search: CatalogueSearch): Promise<void> {
  const find = (queryOf: (index: number) => string) => (index: number) =>
    search.find({ query: queryOf(index) }, { limit: 100 });
  for (const letters of [1, 2, 3, 4, 6]) {
    await report(
      `type-ahead, ${letters} letter${letters > 1 ? 's' : ''}`,
      find(beginning(letters)),
      (index) => plain.find([beginning(letters)(index)], 'growing'),
    );
  }
  await report(
    'one word',
    find((index) => `${one(index)} `),
    (index) => plain.find([one(index)], 'whole'),
  );
  const second = (index: number): string => one(index * 7 + 3);
  await report(
    'two words, ranked',
    find((index) => `${one(index)} ${second(index)} `),
    (index) => plain.find([one(index), second(index)], 'whole'),
  );
  await report(
    'two words while typing',
    find((index) => `${one(index)} ${second(index).slice(0, 2)}`),
    (index) => plain.find([one(index), second(index).slice(0, 2)], 'growing'),
  );
  await report('phrase of three words', find(phraseOf), (index) =>
    plain.find([phraseOf(index).replaceAll('"', '')], 'whole'),
  );
  await report(
    'word, year and source',
    find((index) => `${one(index)} day:${2015 + (index % 11)} source:${index % 4}`),
  );
  await report(
    'word or word, without a third',
    find((index) => `(${one(index)} OR ${one(index + 9)}) -${one(index + 5)} `),
  );
  await report(
    'field while typing',
    find((index) => `person:${one(index).slice(0, 3)}`),
  );
  await report('filters alone', (index) =>
    search.find({ versionKind: 'b-roll', dayFrom: `${2015 + (index % 11)}-06-01` }, { limit: 100 }),
  );
}

async function measureFacets(search: CatalogueSearch): Promise<void> {
  await report(
    'facets of a word',
    (index) => search.facets({ query: `${one(index)} ` }),
    (index) => plain.facets(one(index), 'whole'),
  );
  const begun = (index: number): string => one(index).slice(0, 1 + (index % 4));
  await report(
    'facets while typing',
    (index) => search.facets({ query: begun(index) }),
    (index) => plain.facets(begun(index), 'growing'),
  );
  await report('facets of filters', (index) =>
    search.facets({ query: `day:${2015 + (index % 11)} has:shotlist` }),
  );
}

async function measurePages(search: CatalogueSearch): Promise<void> {
  const rows = db.prepare('SELECT row FROM asset ORDER BY row').pluck().all() as number[];
  await report(
    'page at any depth',
    async () => {
      const cursor = String(rows[Math.floor(random() * rows.length)]);
      return { ...(await search.find({}, { cursor, limit: 100 })), exact: true };
    },
    () => plain.page(Math.floor(random() * rows.length)),
  );
  await report('names in a field', async (index) => {
    await search.suggest({ field: 'person', text: one(index).slice(0, 2), limit: 10 });
    return { exact: true };
  });
}

/**
 * Both by the clock and by the time of the processor, which other programs on the machine do not lengthen; beside them
 * the clock's time of plain SQL for the first of the same questions.
 */
async function report(
  what: string,
  ask: (index: number) => Promise<{ exact: boolean }>,
  askPlainly?: (index: number) => void,
): Promise<void> {
  const clock: number[] = [];
  const processor: number[] = [];
  let exact = 0;
  for (let index = 0; index < samples; index++) {
    const startedAt = performance.now();
    const before = process.cpuUsage();
    const answer = await ask(index);
    const { user, system } = process.cpuUsage(before);
    clock.push(performance.now() - startedAt);
    processor.push((user + system) / 1000);
    if (answer.exact) exact++;
    // As far apart as the keys of somebody who types very fast.
    await sleep(20);
  }
  const peer = askPlainly ? beside(clock, askPlainly) : '';
  const all = `p50 ${at(clock, 0.5)} p99 ${at(clock, 0.99)} ms, processor ${at(processor, 0.5)} and ${at(processor, 0.99)} ms`;
  console.log(`${what.padEnd(30)} ${all}, ${Math.round((exact / samples) * 100)} % counted at once${peer}`);
}

function beside(clock: readonly number[], ask: (index: number) => void): string {
  const times = Array.from({ length: plainSamples }, (_, index) => {
    const startedAt = performance.now();
    ask(index);
    return performance.now() - startedAt;
  });
  const ratio =
    (clock.reduce((a, b) => a + b, 0) / clock.length / times.reduce((a, b) => a + b, 0)) * times.length;
  return `; plain SQL ${at(times, 0.5)} and ${at(times, 1)} ms, ours takes ${ratio.toFixed(3)} of its time`;
}

function at(times: readonly number[], part: number): string {
  const sorted = times.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(1).padStart(6);
}
