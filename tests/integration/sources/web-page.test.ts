import { expect, test } from 'vitest';
import type { CatalogueSource, SourcePage } from '../../../electron/core/sources/source-model.ts';
import { createWebPageKind } from '../../../electron/core/sources/web-page/web-page-kind.ts';
import { assetsOf, cursorOf, openKind } from './open-kind.ts';
import { playServer, type PlayServer, type Reply } from './play-server.ts';

const { signal } = new AbortController();

/** A site whose pages can be changed while it is read, and the source at one of them. */
async function playPages(
  pages: Record<string, string | Reply>,
  at = '/list',
): Promise<{ server: PlayServer; source: CatalogueSource; asked: () => string[] }> {
  const server = await playServer(({ path, query }) => {
    const page = pages[query.size > 0 ? `${path}?${query}` : path];
    return typeof page === 'string'
      ? { contentType: 'text/html; charset=utf-8', body: page }
      : (page ?? null);
  });
  const source = await openKind(createWebPageKind(), server.url + at).open();
  const asked = (): string[] =>
    server.asked.splice(0).map(({ path, query }) => (query.size > 0 ? `${path}?${query}` : path));
  asked();
  return { server, source, asked };
}

async function read(source: CatalogueSource, cursor: string | null, most = 100): Promise<SourcePage[]> {
  const pages: SourcePage[] = [];
  for await (const page of source.changedSince(cursor, signal)) {
    pages.push(page);
    if (pages.length >= most) break;
  }
  return pages;
}

function html(videos: readonly string[], next: string | null = null): string {
  const graph = videos.map((id) => ({
    '@type': 'VideoObject',
    name: id,
    url: `/v/${id}`,
    contentUrl: `/f/${id}.mp4`,
  }));
  return `<!doctype html><title>Footage</title>${next === null ? '' : `<link rel="next" href="${next}">`}
    <script type="application/ld+json">${JSON.stringify({ '@graph': graph })}</script><p>Text</p>`;
}

const titles = (pages: readonly SourcePage[]): string[] =>
  [...assetsOf(pages).values()].map(({ title }) => title);

test('a list is followed to its end, taken up again where it was cut, and never says that it is everything', async () => {
  const { source } = await playPages({
    '/list': html(['a', 'b'], '?p=2'),
    '/list?p=2': html(['c'], '/list?p=3'),
    '/list?p=3': html(['d']),
  });
  const whole = await read(source, null);
  expect(titles(whole)).toEqual(['a', 'b', 'c', 'd']);
  expect(whole.map(({ ends }) => ends)).toEqual(['more', 'more', 'changes']);
  for (const cut of [1, 2]) {
    const rest = await read(source, cursorOf(await read(source, null, cut)));
    expect(titles(rest)).toEqual(['a', 'b', 'c', 'd'].slice(cut + 1));
    expect(JSON.parse(cursorOf(rest))).toEqual(JSON.parse(cursorOf(whole)));
  }
});

test('pages that have not changed are not sent again, and one that has is', async () => {
  const pages: Record<string, string> = { '/list': html(['a'], '?p=2'), '/list?p=2': html(['b']) };
  const { source, server } = await playPages(pages);
  const first = await read(source, null);
  const before = server.bodies;
  const second = await read(source, cursorOf(first));
  expect(titles(second)).toEqual([]);
  expect(server.bodies).toBe(before);
  pages['/list?p=2'] = html(['b', 'c']);
  expect(titles(await read(source, cursorOf(second)))).toEqual(['b', 'c']);
});

test('a list that leads back to itself, or on without end, comes to an end', async () => {
  const round = await playPages({ '/list': html(['a'], '?p=2'), '/list?p=2': html(['b'], '/list') });
  expect(titles(await read(round.source, null))).toEqual(['a', 'b']);
  const endless: Record<string, string> = { '/list': html(['p1'], '?p=2') };
  for (let n = 2; n < 60; n++) endless[`/list?p=${n}`] = html([`p${n}`], `?p=${n + 1}`);
  const long = await playPages(endless);
  expect(await read(long.source, null)).toHaveLength(20);
});

test('a page that no longer tells of a video says so, with what is there now', async () => {
  const pages: Record<string, string> = { '/list': html(['a']) };
  const { source } = await playPages(pages);
  const first = await read(source, null);
  pages['/list'] = '<!doctype html><title>News</title><h1>Please sign in</h1>';
  await expect(read(source, cursorOf(first))).rejects.toMatchObject({
    code: 'SOURCE_CHANGED',
    message: 'The page no longer tells of any video.',
    facts: { detail: expect.stringContaining('Please sign in') },
  });
});

test('a page behind the first without a video is told, and asked anew the next time', async () => {
  const pages: Record<string, string> = { '/list': html(['a'], '?p=2'), '/list?p=2': '<h1>Try later</h1>' };
  const { source } = await playPages(pages);
  const first = await read(source, null);
  expect(first.at(-1)).toMatchObject({
    ends: 'changes',
    failures: [{ why: expect.stringContaining('Try later') }],
  });
  pages['/list?p=2'] = html(['b']);
  expect(titles(await read(source, cursorOf(first)))).toEqual(['b']);
});

test.each([
  ['nothing', '', 'SOURCE_UNAVAILABLE'],
  ['half a script', html(['a']).slice(0, 150), 'SOURCE_UNAVAILABLE'],
])('%s where the page was is an error', async (_what, body, code) => {
  const pages: Record<string, string> = { '/list': html(['a']) };
  const { source } = await playPages(pages);
  pages['/list'] = body;
  await expect(read(source, null)).rejects.toMatchObject({ code });
});

test('a page that is gone from its address is a source that has changed', async () => {
  const pages: Record<string, string> = { '/list': html(['a']) };
  const { source } = await playPages(pages);
  delete pages['/list'];
  await expect(read(source, null)).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
});

test('letters are read by what the answer says, else by what the page says of itself', async () => {
  const body = (meta: string): Buffer =>
    Buffer.from(
      `<!doctype html>${meta}<meta property="og:title" content="Überquerung"><meta property="og:video" content="/a.mp4">`,
      'latin1',
    );
  const { source } = await playPages({
    '/list': { contentType: 'text/html; charset=iso-8859-1', body: body('') },
  });
  expect(titles(await read(source, null))).toEqual(['Überquerung']);
  const said = await playPages({
    '/list': { contentType: 'text/html', body: body('<meta charset="iso-8859-1">') },
  });
  expect(titles(await read(said.source, null))).toEqual(['Überquerung']);
});

test('a page says how it was recognised, and one without a video is none', async () => {
  const server = await playServer(({ path }) => {
    const bodies: Record<string, string> = {
      '/list': html(['a', 'b'], '?p=2'),
      '/one':
        '<title>Convoy</title><meta property="og:title" content="Convoy"><meta property="og:video" content="/a.mp4">',
      '/none': '<title>News</title><p>Words.</p>',
    };
    const body = bodies[path];
    return body === undefined ? null : { contentType: 'text/html', body };
  });
  const describe = (path: string): Promise<unknown> =>
    openKind(createWebPageKind(), server.url + path).describe();
  expect(await describe('/list')).toMatchObject({
    name: 'Footage',
    url: `${server.url}/list`,
    how: 'The first page of a list that describes 2 videos by schema.org, 2 of them with a file.',
  });
  expect(await describe('/one')).toMatchObject({
    how: 'A web page that describes one video by Open Graph, with a file.',
  });
  expect(await describe('/none')).toBeNull();
});

test('a plain address is given as it is, one that is signed or forgotten is read from the page again', async () => {
  const signed = (mark: string): string =>
    html(['a']).replace('/f/a.mp4', `/f/a.mp4?Expires=9&Signature=${mark}`);
  const pages: Record<string, string> = { '/list': html(['b'], '?p=2'), '/list?p=2': signed('one') };
  const { source, server, asked } = await playPages(pages);
  const [b, a] = [...assetsOf(await read(source, null)).values()].map(
    ({ externalId, renditions: [file] }) => ({
      externalId: file?.externalId ?? '',
      assetExternalId: externalId,
      address: file?.address ?? null,
    }),
  );
  if (!a || !b) throw new Error('There are two.');
  asked();
  expect((await source.renew(b, signal)).url).toBe(`${server.url}/f/b.mp4`);
  expect(asked()).toEqual([]);
  pages['/list?p=2'] = signed('two');
  expect((await source.renew(a, signal)).url).toContain('Signature=two');
  expect((await source.renew({ ...b, address: null }, signal)).url).toBe(`${server.url}/f/b.mp4`);
  pages['/list?p=2'] = html(['c']);
  await expect(source.renew(a, signal)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a cursor that is none is a conflict', async () => {
  const { source } = await playPages({ '/list': html(['a']) });
  await expect(read(source, 'nonsense')).rejects.toMatchObject({ code: 'CONFLICT' });
});
