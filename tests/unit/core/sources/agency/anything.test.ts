import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { newsMl, ninjs, nowMs, readText } from './read-one.ts';

const seed = Number(process.env['RUSHES_SEED'] ?? Date.now() % 1_000_000);

/** A text with some of its letters changed, doubled or left out. */
function damaged(text: string): fc.Arbitrary<string> {
  return fc
    .array(fc.tuple(fc.nat(text.length - 1), fc.string({ maxLength: 4 }), fc.nat(12)), {
      minLength: 1,
      maxLength: 5,
    })
    .map((wounds) =>
      wounds.reduce((left, [at, put, cut]) => left.slice(0, at) + put + left.slice(at + cut), text),
    );
}

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string(),
  fc.constantFrom(
    '',
    ' ',
    'null',
    '2026-02-30',
    '1e999',
    '__proto__',
    'javascript:alert(1)',
    '../../etc/passwd',
  ),
);

test('whatever an agency sends is read or refused, and never a fault of ours', async () => {
  const keys = [
    'renditions',
    'headlines',
    'bodies',
    'associations',
    'places',
    'person',
    'altids',
    'embargoed',
    'version',
    'pubstatus',
    'duration',
    'signal',
    'ednote',
    'keywords',
  ];
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom(...keys), odd), async (more) => {
      const read = await readText(JSON.stringify([ninjs(more)]));
      for (const asset of read.document?.assets ?? []) {
        expect(asset.title).not.toBe('');
        const isHeld = (asset.rights.embargoUntilMs ?? 0) > nowMs || asset.rights.embargoText !== null;
        expect(isHeld && asset.status === 'usable').toBe(false);
        for (const { address } of asset.renditions) expect(address).toMatch(/^https?:\/\//);
      }
    }),
    { seed, numRuns: 500 },
  );
});

test('a document that was damaged on its way is read or refused as well', async () => {
  const whole = newsMl({
    itemMeta: '<pubStatus qcode="stat:usable"/><embargoed>2026-03-05T10:00:00Z</embargoed>',
    parts:
      '<partMeta seq="1"><timeDelim start="1" timeunit="timeunit:editUnit"/><description>x</description></partMeta>',
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(damaged(whole), damaged(JSON.stringify(ninjs()))), async (text) => {
      expect(await readText(text)).toHaveProperty('document');
    }),
    { seed, numRuns: 1000 },
  );
});
