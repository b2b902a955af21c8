import { expect, it } from 'vitest';
import { honest, rigOf, serve, wanted } from '../../support/a-download.ts';

const named = { ...honest, headers: { 'Content-Disposition': 'attachment; filename="../A report.mp4"' } };

it('an address without a name takes the one that its server suggests, made safe, and is known by it', async () => {
  const server = await serve(() => named);
  const rig = await rigOf();
  const wish = wanted(server.url, { url: `${server.url}/get?id=5` });
  const { id, fileName } = await rig.downloads.addUrl(wish);
  expect(fileName).toBe('get.download');
  expect(await rig.settled(id)).toMatchObject({ state: 'complete', fileName: '_A report.mp4' });
  expect(rig.files()).toEqual(['_A report.mp4']);
  expect((await rig.downloads.addUrl(wish)).id).toBe(id);
});

it.each([
  ['the address', {}, 'clip.mp4'],
  ['the user', { name: 'mine.mp4' }, 'mine.mp4'],
])('a name that %s gave stays', async (_who, more, name) => {
  const server = await serve(() => named);
  const rig = await rigOf();
  const { id } = await rig.downloads.addUrl(wanted(server.url, more));
  expect(await rig.settled(id)).toMatchObject({ state: 'complete', fileName: name });
  expect(rig.files()).toEqual([name]);
});
