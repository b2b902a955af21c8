import { expect, test } from 'vitest';
import { toEcAsset } from '../../../../../electron/core/sources/ec-av-portal/ec-mapping.ts';

const media = 'http://media.example.eu/findmedia/07/190001';
const doc = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ref: 'I-190001',
  type: 'VIDEO',
  duration: '434.7',
  titles_json: { FR: ' Arrivée des ministres ', EN: ' Arrival of the ministers' },
  summary_json: { EN: 'Doorsteps &amp; handshakes:<br>- arrivals' },
  shootstartdate: '20250908 12:17',
  media_json: {
    '16:9': {
      FR: { LR: `${media}/LR_I190001FR1W.mp4?latest=0007700003` },
      INT: {
        THUMB: `${media}/THUMB_M_I190001INT1W.jpg?latest=0007700001`,
        IMAGE: `${media}/THUMB_I190001INT1W.jpg?latest=0007700002`,
        MP3: `${media}/MP3_I190001INT1W.mp3?latest=0007700006`,
        LR: `${media}/LR_I190001INT1W.mp4?latest=0007700004`,
        HDMP4: `${media}/HD_I190001INT1W.mp4?latest=0007700005`,
      },
    },
  },
  ...more,
});
const asset = (more: Record<string, unknown> = {}) => {
  const found = toEcAsset(doc(more));
  if (!found) throw new Error('It was not read.');
  return found;
};

test('a document becomes an asset with its English title, its text in lines and its files', () => {
  expect(asset()).toMatchObject({
    externalId: 'I-190001',
    title: 'Arrival of the ministers',
    synopsis: 'Doorsteps & handshakes:\n- arrivals',
    durationMs: 434_700,
    status: 'usable',
    pageUrl: 'https://audiovisual.ec.europa.eu/en/video/I-190001',
    pictureUrl: `${media}/THUMB_I190001INT1W.jpg?latest=0007700002`,
  });
});

test('the broadcast file with the sound of the room comes first, interpreters and sound behind it', () => {
  expect(asset().renditions.map(({ role, medium, language }) => [role, medium, language])).toEqual([
    ['HDMP4 INT 16:9', 'video', null],
    ['LR INT 16:9', 'video', null],
    ['LR FR 16:9', 'video', 'fr'],
    ['MP3 INT 16:9', 'audio', null],
  ]);
});

test('a new stamp behind ?latest= is the same file under the same name', () => {
  const later = JSON.parse(JSON.stringify(doc()).replaceAll('?latest=00077', '?latest=00099')) as never;
  const [before, after] = [asset(), asset(later)];
  const ids = (one: typeof before): unknown => one.renditions.map(({ externalId }) => externalId);
  expect(ids(after)).toEqual(ids(before));
  expect(after.aliases).toEqual(before.aliases);
  expect(after.renditions[0]?.address).toContain('latest=00099');
});

test.each([
  ['20250908 00:00', 'day', '2025-09-08', '2025-09-08'],
  ['20250908 23:45', 'day', '2025-09-08', '2025-09-08'],
  ['200803', 'month', '2008-03-01', '2008-03-31'],
  ['2007', 'year', '2007-01-01', '2007-12-31'],
])('%s is a date to the %s, kept as it was written', (...told) => {
  const [shootstartdate, precision, firstDay, lastDay] = told;
  const filmed = { precision, firstDay, lastDay, atMs: null, text: shootstartdate };
  expect(asset({ shootstartdate }).dates.filmed).toEqual(filmed);
});

test.each(['', '0', '1', null, 'soon'])('a duration of %j is not known', (duration) => {
  expect(asset({ duration }).durationMs).toBeNull();
});

test('a date that says nothing is none', () => {
  expect(asset({ shootstartdate: '' }).dates).toEqual({
    filmed: null,
    event: null,
    published: null,
    changed: null,
  });
});

test('a video that is announced without media is expected, whatever shape "none" has', () => {
  for (const none of [undefined, [], '', {}, { '16:9': [] }]) {
    expect(asset({ media_json: none, duration: '' })).toMatchObject({ status: 'expected', renditions: [] });
  }
});

test('sound and stills alone are no video', () => {
  const sound = { MP3: `${media}/MP3_X.mp3`, IMAGE: `${media}/X.jpg` };
  expect(asset({ media_json: { '16:9': { INT: sound } } }).status).toBe('expected');
});

test('a playlist is offered as no file, and the lines of a codec by name are believed', () => {
  const kinds = { HLS: `${media}/x/master.m3u8`, H264_720: `${media}/H264_720_X.mp4` };
  const { renditions } = asset({ media_json: { '16:9': { INT: kinds } } });
  expect(renditions).toHaveLength(1);
  expect(renditions[0]).toMatchObject({ videoCodec: 'h264', height: 720, width: null, sizeBytes: null });
});

test('a title in no English is taken in the language that has one', () => {
  expect(asset({ titles_json: { EN: '  ', EL: 'Συνέντευξη Τύπου', FR: null } }).title).toBe(
    'Συνέντευξη Τύπου',
  );
});

test('the language is told only where one was spoken', () => {
  expect(asset({ languages: ['IT'] }).language).toBe('it');
  expect(asset({ languages: ['INT'] }).language).toBeNull();
  expect(asset({ languages: ['IT', 'EN'] }).language).toBeNull();
});

test('a document without a reference or a title is none', () => {
  expect(toEcAsset(doc({ ref: undefined }))).toBeNull();
  expect(toEcAsset(doc({ titles_json: { EN: '' } }))).toBeNull();
});

test('nothing said of rights stays nothing', () => {
  expect(Object.values(asset().rights).every((fact) => fact === null)).toBe(true);
});
