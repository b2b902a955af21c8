import {
  anything,
  array,
  assert,
  asyncProperty,
  constantFrom,
  integer,
  oneof,
  record,
  string,
} from 'fast-check';
import { expect, test } from 'vitest';
import { isErrorCode } from '../../../shared/errors/codes.ts';
import { startCore, type TestCore } from './test-core.ts';

const word = oneof(
  string({ unit: 'binary', maxLength: 20 }),
  constantFrom(
    '',
    '\0',
    "'; DROP TABLE clip; --",
    '../../etc/passwd',
    '2025-02-29',
    '2025-09-08',
    '/1',
    '9'.repeat(19),
    '__proto__',
  ),
);
const value = oneof(
  word,
  integer(),
  constantFrom(null, undefined, NaN, Infinity, 1e300, -1, 0, 1.5, true),
  array(word, { maxLength: 3 }),
  anything({ maxDepth: 1 }),
);
const fields = record(
  {
    id: value,
    sourceId: value,
    rootId: value,
    clipIds: value,
    assetIds: value,
    ids: value,
    eventId: value,
    query: value,
    cursor: value,
    limit: value,
    day: value,
    dayFrom: value,
    dayTo: value,
    add: value,
    remove: value,
    rating: value,
    note: value,
    title: value,
    firstDay: value,
    lastDay: value,
    email: value,
    code: value,
    password: value,
    step: value,
    in: value,
    show: value,
    tag: value,
    connections: value,
  },
  { requiredKeys: [] },
);

/** The same with what the contract mostly lets through, so that the areas themselves are reached. */
const plausible = record(
  {
    id: word,
    sourceId: word,
    rootId: word,
    runId: word,
    clipId: word,
    clipIds: array(word, { minLength: 1, maxLength: 3 }),
    assetIds: array(word, { minLength: 1, maxLength: 3 }),
    ids: array(word, { maxLength: 3 }),
    query: word,
    field: constantFrom('person', 'tag', 'event'),
    text: word,
    cursor: word,
    limit: integer({ min: 1, max: 500 }),
    dayFrom: constantFrom('2025-02-28', '9999-12-31', '0001-01-01'),
    title: word,
    note: word,
    tag: word,
    add: array(word, { maxLength: 3 }),
    email: constantFrom('a@b.cd', 'a', ''),
    code: word,
    password: constantFrom('Lantern-Valley-27', ''),
    subscribed: constantFrom(true, false),
    step: constantFrom('bytes', 'probe', 'hash', 'tags'),
    in: constantFrom('all', 'events', 'library', 'catalogue'),
  },
  {
    requiredKeys: [
      'id',
      'sourceId',
      'runId',
      'clipId',
      'clipIds',
      'assetIds',
      'query',
      'title',
      'step',
      'code',
      'password',
      'subscribed',
    ],
  },
);

/** Calls that reach no network and no folder of the machine, whatever they are given. */
const calls = {
  account: [
    'status',
    'register',
    'verify',
    'resend',
    'login',
    'logout',
    'resetRequest',
    'resetConfirm',
    'newsletter',
  ],
  catalogue: ['list', 'suggest', 'get', 'sync'],
  downloads: ['add', 'list', 'get', 'pause', 'resume', 'retry', 'cancel'],
  events: ['list', 'get', 'create', 'update'],
  library: ['roots', 'removeRoot', 'scan', 'list', 'get', 'retry'],
  places: ['preview'],
  search: ['find'],
  settings: ['get', 'set'],
  sources: ['list', 'remove'],
  system: ['info', 'jobs'],
  tags: ['list', 'apply', 'undo', 'redo'],
  verify: ['status', 'cancel', 'results', 'ofClip', 'repair'],
} as const;

const all = Object.entries(calls).flatMap(([area, names]) => names.map((name) => [area, name] as const));

async function callWith(
  core: TestCore,
  [area, name]: readonly [string, string],
  input: unknown,
): Promise<void> {
  const client = core.client as unknown as Record<
    string,
    Record<string, (given: unknown) => Promise<unknown>>
  >;
  const answer = await client[area]?.[name]?.(input);
  // A stream fails when it is read.
  if (name === 'sync') for await (const step of answer as AsyncIterable<unknown>) void step;
}

test.each(all)('%s.%s answers anything it is given, or refuses it by a known code', async (area, name) => {
  const core = await startCore();
  await assert(
    asyncProperty(oneof(plausible, fields, anything({ maxDepth: 1 })), async (input) => {
      const code: unknown = await callWith(core, [area, name], input).then(
        () => 'USAGE',
        (error: unknown) => (error as { code?: unknown }).code ?? error,
      );
      // INTERNAL would be a bug of ours: no input may be one.
      expect([code, isErrorCode(code) && code !== 'INTERNAL']).toEqual([code, true]);
    }),
    { numRuns: 300 },
  );
});
