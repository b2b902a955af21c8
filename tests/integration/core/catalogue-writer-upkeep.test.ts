import { expect, test } from 'vitest';
import { run } from '../../../electron/core/catalogue/catalogue-writer.ts';
import { anItem } from '../../support/source-items.ts';
import { aCatalogue, portal } from '../../support/written-catalogue.ts';

const feed = '0198a000-0000-7000-8000-000000000002';

test('search texts that a kill has left out are written when the catalogue is opened again', () => {
  const { file, tell, found } = aCatalogue();
  tell([anItem('1', { title: 'Left behind' })]);
  expect(found('left')).toEqual([]);
  const again = aCatalogue(file);
  run(again.writer.catchUp());
  expect(again.found('left')).toEqual(['1']);
});

test('a removal that is cut short is taken up again, and leaves nothing of the source', () => {
  const { file, db, writer, tell, finish } = aCatalogue();
  tell(
    Array.from({ length: 500 }, (_, n) =>
      anItem(String(n), { aliases: [{ scheme: 'guid', value: String(n) }] }),
    ),
  );
  finish();
  tell([anItem('other', { title: 'Stays' })], { sourceId: feed });
  finish('changes', feed);
  writer.removeSource(portal).next();
  expect(writer.cursor(portal)).toBeNull();
  expect(() => writer.begin(portal)).toThrow(expect.objectContaining({ code: 'CONFLICT' }));
  const again = aCatalogue(file);
  run(again.writer.catchUp());
  const counts = ['asset', 'asset_told', 'asset_alias', 'rendition', 'source_cursor', 'fts_todo'].map(
    (table) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
  );
  expect(counts).toEqual([1, 1, 0, 1, 1, 0]);
  expect(again.found('stays')).toEqual(['other']);
  expect(again.found('synopsis')).toEqual(['other']);
});

test('the search index can be put in order, and finds the same then', () => {
  const { tell, finish, writer, found, db } = aCatalogue();
  for (let page = 0; page < 20; page++) {
    tell(Array.from({ length: 20 }, (_, n) => anItem(`${page}-${n}`)));
    finish('changes');
  }
  run(writer.optimise());
  expect(found('synopsis')).toHaveLength(400);
  const segments = db.prepare('SELECT count(DISTINCT segid) FROM asset_fts_idx').pluck().get() as number;
  expect(segments).toBe(1);
});
