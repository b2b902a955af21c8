import { expect, test } from 'vitest';
import { run } from '../../../electron/core/catalogue/catalogue-writer.ts';
import { createPageRepo } from '../../../electron/core/catalogue/search/page-repo.ts';
import type { SourceAsset, SourceEvent } from '../../../electron/core/sources/source-model.ts';
import { stableId } from '../../../electron/core/stable-id.ts';
import { aDate, aFile, anItem } from '../../support/source-items.ts';
import { aCatalogue, portal } from '../../support/written-catalogue.ts';

const idOf = (externalId: string): string => stableId(portal, 'asset', externalId);

test('what is told is added, told again unchanged, told anew updated', () => {
  const { tell, read } = aCatalogue();
  expect(tell([anItem('1'), anItem('2')])).toMatchObject({ added: 2, updated: 0, unchanged: 0 });
  expect(tell([anItem('1'), anItem('2')])).toMatchObject({ added: 0, unchanged: 2, changed: [] });
  const { changed, ...counts } = tell([anItem('1', { title: 'Another' }), anItem('2')]);
  expect(counts).toMatchObject({ updated: 1, unchanged: 1 });
  expect(changed).toMatchObject([
    { id: idOf('1'), kind: 'updated', rightsChanged: false, filesChanged: false },
  ]);
  expect(read.find(idOf('1'))).toMatchObject({ title: 'Another', added_at_ms: 2000, changed_at_ms: 4000 });
});

test('every fact of an asset comes back as it was told', () => {
  const { tell, read } = aCatalogue();
  const item = anItem('1', {
    status: 'embargoed',
    statusReason: 'HOLD',
    notice: { kind: 'correction', text: 'Name put right' },
    aliases: [{ scheme: 'guid', value: 'urn:x:1' }],
    dates: { filmed: aDate('2025-09-08', 'day'), event: null, published: aDate('2025-09-09'), changed: null },
    renditions: [aFile('a', { aboutBytes: 25_000_000, address: 'https://x.example/a.mp4' })],
  });
  tell([item]);
  const row = read.find(idOf('1'));
  expect(row).toMatchObject({
    status_reason: 'HOLD',
    notice_kind: 'correction',
    notice_text: 'Name put right',
    version: item.version,
    day: '2025-09-08',
  });
  expect(JSON.parse(row?.dates_json ?? '')).toEqual(item.dates);
  expect(JSON.parse(row?.aliases_json ?? '')).toEqual(item.aliases);
  expect(JSON.parse(row?.rights_json ?? '')).toEqual(item.rights);
  expect(read.renditions(idOf('1'))).toMatchObject([
    { medium: 'video', about_bytes: 25_000_000, size_bytes: null, address: 'https://x.example/a.mp4' },
  ]);
});

test('what changes in rights, files and corrections is told apart', () => {
  const { tell } = aCatalogue();
  const item = anItem('1', { renditions: [aFile('a', { sizeBytes: 10 })] });
  tell([item]);
  expect(tell([{ ...item, rights: { ...item.rights, editorialOnly: true } }]).changed).toMatchObject([
    { kind: 'updated', rightsChanged: true, filesChanged: false },
  ]);
  expect(tell([{ ...item, renditions: [aFile('a', { sizeBytes: 11 })] }]).changed).toMatchObject([
    { kind: 'updated', rightsChanged: true, filesChanged: true },
  ]);
  const corrected = { ...item, notice: { kind: 'correction' as const, text: 'Date' } };
  expect(tell([corrected]).changed).toMatchObject([{ kind: 'corrected', before: { noticeKind: null } }]);
  expect(tell([{ ...corrected, title: 'New' }]).changed).toMatchObject([{ kind: 'updated' }]);
  expect(tell([{ ...corrected, status: 'withdrawn' }])).toMatchObject({
    withdrawn: 1,
    updated: 0,
    changed: [{ kind: 'withdrawn', before: { status: 'usable' } }],
  });
  expect(tell([item])).toMatchObject({
    updated: 1,
    changed: [{ kind: 'revived', before: { status: 'withdrawn' } }],
  });
});

test('an older version is stale and changes nothing, but counts as shown', () => {
  const { tell, finish, read } = aCatalogue();
  tell([anItem('1', { version: '10', title: 'Ten' })]);
  finish();
  expect(tell([anItem('1', { version: '9', title: 'Nine' })])).toMatchObject({
    stale: 1,
    updated: 0,
    changed: [],
  });
  expect(finish().withdrawn).toEqual([]);
  expect(read.find(idOf('1'))?.title).toBe('Ten');
});

test('a tombstone keeps the texts that were told before, whichever of them comes first', () => {
  const grave = anItem('1', { version: '3', status: 'withdrawn', title: '', synopsis: null, renditions: [] });
  const full = anItem('1', { version: '2', title: 'Told', renditions: [aFile('a')] });
  for (const order of [
    [grave, full],
    [full, grave],
  ]) {
    const { tell, finish, read, found } = aCatalogue();
    for (const item of order) tell([item]);
    finish('changes');
    expect(read.find(idOf('1'))).toMatchObject({ status: 'withdrawn', title: 'Told', version: '3' });
    expect(read.renditions(idOf('1'))).toHaveLength(1);
    expect(found('told')).toEqual(['1']);
  }
});

test('a whole run withdraws what it did not show, and a later run that shows it again revives it', () => {
  const { tell, finish, read } = aCatalogue();
  tell([anItem('1'), anItem('2')]);
  finish();
  tell([anItem('1')]);
  expect(finish().withdrawn).toEqual([idOf('2')]);
  expect(read.find(idOf('2'))?.status).toBe('withdrawn');
  tell([anItem('1')]);
  expect(finish().withdrawn).toEqual([]);
  expect(tell([anItem('2')]).changed).toMatchObject([{ kind: 'revived' }]);
  expect(read.find(idOf('2'))?.status).toBe('usable');
});

test('a source that lists an older version again, after it had stopped to list the item, is believed', () => {
  const { tell, finish, read } = aCatalogue();
  tell([anItem('1', { version: '2' }), anItem('2')]);
  finish();
  tell([anItem('2')]);
  finish();
  tell([anItem('1', { version: '1', title: 'Back' })]);
  expect(read.find(idOf('1'))).toMatchObject({ status: 'usable', title: 'Back' });
});

test('changes alone withdraw nothing, nor does a run of which an item could not be read', () => {
  const { tell, finish, read, writer } = aCatalogue();
  tell([anItem('1'), anItem('2')]);
  finish();
  tell([anItem('1')]);
  expect(finish('changes').withdrawn).toEqual([]);
  tell([anItem('1')], { failures: 1 });
  tell([]);
  expect(writer.cursor(portal)?.failed).toBe(1);
  expect(finish().withdrawn).toEqual([]);
  expect(read.find(idOf('2'))?.status).toBe('usable');
  // The next run begins without a failure.
  expect(writer.begin(portal).failed).toBe(0);
});

test('a run goes on at its cursor and keeps its failures when the catalogue is opened again', () => {
  const { file, tell } = aCatalogue();
  tell([anItem('1'), anItem('2')], { failures: 2, cursor: 'page-2' });
  const again = aCatalogue(file);
  expect(again.writer.begin(portal)).toMatchObject({ cursor: 'page-2', run: 1, underWay: true, failed: 2 });
  again.tell([anItem('1')]);
  expect(again.finish().withdrawn).toEqual([]);
});

test('a page without a cursor leaves it where it was, so that the page is read again after a kill', () => {
  const { writer, tell } = aCatalogue();
  tell([anItem('1')], { cursor: 'page-2' });
  const { run: number } = writer.begin(portal);
  const page = { sourceId: portal, run: number, tellings: [], events: [], failures: 0, nowMs: 1 };
  writer.writePage({ ...page, cursor: null });
  expect(writer.cursor(portal)?.cursor).toBe('page-2');
});

test('a page of a run that is over is refused', () => {
  const { writer, tell, finish } = aCatalogue();
  tell([anItem('1')]);
  const { run: number } = writer.begin(portal);
  const page = {
    sourceId: portal,
    run: number,
    tellings: [],
    events: [],
    failures: 0,
    cursor: 'c',
    nowMs: 1,
  };
  finish();
  expect(() => writer.writePage(page)).toThrow(expect.objectContaining({ code: 'CONFLICT' }));
  writer.begin(portal);
  run(writer.removeSource(portal));
  expect(() => writer.writePage({ ...page, run: 2 })).toThrow(expect.objectContaining({ code: 'CONFLICT' }));
});

test('a day that changes moves the row, and words find it there and not where it was', () => {
  const { tell, finish, read, found } = aCatalogue();
  tell([anItem('1', { title: 'Wandering' })]);
  finish();
  const row = read.find(idOf('1'))?.row ?? 0;
  const published = aDate('2026-01-01');
  const { changed } = tell([
    anItem('1', { title: 'Settled', dates: { filmed: null, event: null, published, changed: null } }),
  ]);
  finish('changes');
  expect(changed).toMatchObject([{ formerRow: row }]);
  expect(read.find(idOf('1'))?.row).toBeGreaterThan(row);
  expect(found('wandering')).toEqual([]);
  expect(found('settled')).toEqual(['1']);
});

test('a month is no day, and stands right before its first', () => {
  const { db, tell } = aCatalogue();
  const dated = (id: string, day: string, precision: 'day' | 'month' | 'year'): SourceAsset =>
    anItem(id, {
      dates: { filmed: aDate(day, precision), event: null, published: null, changed: null },
    });
  tell([
    dated('first', '2025-09-01', 'day'),
    dated('month', '2025-09-01', 'month'),
    dated('before', '2025-08-31', 'day'),
    dated('year', '2025-01-01', 'year'),
  ]);
  const rows = createPageRepo(db).newest(Number.MAX_SAFE_INTEGER, 10);
  expect(rows.map(({ day }) => day)).toEqual(['2025-09-01', null, '2025-08-31', null]);
});

test('the title of an event is found with its assets, also when it comes later or changes', () => {
  const { tell, finish, found } = aCatalogue();
  const event: SourceEvent = {
    externalId: 'e',
    title: 'Summit',
    firstDay: null,
    lastDay: null,
    place: null,
    people: [],
    organisations: [],
    summary: null,
    pageUrl: null,
  };
  tell([anItem('1', { eventExternalId: 'e' })]);
  expect(tell([], { events: [event] }).touched).toMatchObject([{ id: idOf('1') }]);
  finish('changes');
  expect(found('event:summit')).toEqual(['1']);
  tell([], { events: [{ ...event, title: 'Gathering' }] });
  finish('changes');
  expect([found('event:summit'), found('event:gathering')]).toEqual([[], ['1']]);
});

test('a file that two assets tell belongs to one of them, and to the other when that one is withdrawn', () => {
  const { tell, read } = aCatalogue();
  const [first = '', second = ''] = ['1', '2'].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  const file = [aFile('shared')];
  tell([anItem(second, { renditions: file }), anItem(first, { renditions: file })]);
  expect(read.renditions(idOf(first))).toHaveLength(1);
  expect(read.renditions(idOf(second))).toHaveLength(0);
  tell([anItem(first, { renditions: file, status: 'withdrawn', version: '9' })]);
  expect(read.renditions(idOf(first))).toHaveLength(0);
  expect(read.renditions(idOf(second))).toHaveLength(1);
});

test('a whole run that misses most of what was known is not believed until the next one misses it too', () => {
  const { tell, finish, read, writer } = aCatalogue();
  const many = Array.from({ length: 50 }, (_, n) => anItem(String(n)));
  tell(many);
  expect(finish()).toEqual({ withdrawn: [], doubt: null });
  // Half of it may go at once.
  tell(many.slice(0, 25));
  expect(finish().withdrawn).toHaveLength(25);
  // What went before is not counted again.
  tell(many.slice(0, 24));
  expect(finish().withdrawn).toEqual([idOf('24')]);

  tell(many.slice(0, 3));
  expect(finish()).toEqual({ withdrawn: [], doubt: { gone: 21, listed: 3 } });
  expect(writer.cursor(portal)).toMatchObject({ cursor: null, underWay: false });
  expect(read.find(idOf('20'))?.status).toBe('usable');
  // Changes in between prove nothing.
  tell(many.slice(0, 1));
  expect(finish('changes')).toEqual({ withdrawn: [], doubt: null });
  tell(many.slice(0, 3));
  expect(finish().withdrawn).toHaveLength(21);

  tell(many);
  expect(finish()).toEqual({ withdrawn: [], doubt: null });
  // A list that is whole again is doubted anew when it is not.
  tell([]);
  expect(finish().doubt).toEqual({ gone: 50, listed: 0 });
  tell(many);
  expect(finish()).toEqual({ withdrawn: [], doubt: null });
  tell([]);
  expect(finish().doubt).toEqual({ gone: 50, listed: 0 });
  tell([]);
  expect(finish().withdrawn).toHaveLength(50);
});
