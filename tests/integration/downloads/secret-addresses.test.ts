import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { body, honest, rigOf, serve, sha256, slow, wanted } from '../../support/a-download.ts';
import { patient, startRig, waitFor, type Rig } from '../../support/fault-rig.ts';

const signature = 'Signature=c2lnbmVkLWJ5LXRoZS1wb3J0YWw';
const query = `?Expires=1790000000&Key-Pair-Id=APKAEXAMPLE&${signature}`;

/** The files of a stopped rig, the database and its log among them, that hold a text. */
function holding(rig: Rig, text: string): string[] {
  return readdirSync(rig.home, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(rig.home, name);
    return statSync(path).isFile() && readFileSync(path).includes(text);
  });
}

it.each([1, 40])('leaves no signed query on the disk when it is done, after %i downloads', async (count) => {
  const server = await serve(() => ({ text: 'small', etag: '"v1"' }));
  const rig = await rigOf({ connections: 1 });
  // Longer than a page of an index holds of one address.
  const long = `${query}${'x'.repeat(1500)}`;
  for (let number = 0; number < count; number++) {
    const { id } = await rig.downloads.addUrl({
      url: `${server.url}/${number}.mp4${number % 2 === 0 ? query : long}`,
      insecureHttp: true,
      allowPrivate: true,
    });
    expect(await rig.settled(id)).toMatchObject({ state: 'complete' });
  }
  await rig.stop();
  expect(server.requests.some(({ path }) => path.includes(signature))).toBe(true);
  expect(holding(rig, signature)).toEqual([]);
  expect(holding(rig, `${server.url}/0.mp4`)).toEqual(['user.db']);
  expect(rig.logged.join('\n')).not.toContain(signature);
});

it('keeps the query for as long as it takes to resume', async () => {
  const server = await serve(() => slow);
  const rig = await rigOf({ connections: 1, tuning: patient });
  const { id } = await rig.downloads.addUrl({ ...wanted(server.url), url: `${server.url}/clip.mp4${query}` });
  await waitFor(
    () => rig.downloads.get({ id }).bytes,
    (bytes) => bytes > 300_000,
  );
  await rig.stop();
  const next = await startRig({ home: rig.home, connections: 1 });
  try {
    expect(await next.settled(id)).toMatchObject({ state: 'complete', sha256 });
  } finally {
    await next.stop();
  }
  expect(new Set(server.requests.map(({ path }) => path))).toEqual(new Set([`/clip.mp4${query}`]));
  expect(holding(rig, signature)).toEqual([]);
});

it('forgets what an earlier version has kept of finished downloads', async () => {
  const server = await serve(() => honest);
  const rig = await rigOf();
  const { id } = await rig.downloads.addUrl(wanted(server.url));
  await rig.settled(id);
  rig.db.prepare('UPDATE download SET url = ?').run(`${server.url}/clip.mp4${query}`);
  await rig.stop();
  expect(holding(rig, signature)).toEqual(['user.db']);
  await (await startRig({ home: rig.home })).stop();
  expect(holding(rig, signature)).toEqual([]);
});

it('knows a finished download by its whole address, and another query for another file', async () => {
  const server = await serve(() => honest);
  const rig = await rigOf();
  const add = (search: string) =>
    rig.downloads.addUrl({ ...wanted(server.url), url: `${server.url}/clip.mp4${search}` });
  const first = await add(query);
  await rig.settled(first.id);
  expect((await add(query)).id).toBe(first.id);
  const other = await add('?token=another');
  expect(other.id).not.toBe(first.id);
  await rig.settled(other.id);
  const bare = await add('');
  expect([first.id, other.id]).not.toContain(bare.id);
  await rig.settled(bare.id);
  expect(rig.files()).toHaveLength(3);
});

it('does not mend a file from an address whose query it did not keep', async () => {
  const server = await serve(() => honest);
  const rig = await rigOf();
  const { id } = await rig.downloads.addUrl({ ...wanted(server.url), url: `${server.url}/clip.mp4${query}` });
  await rig.settled(id);
  const asked = server.requests.length;
  const mended = await rig.downloads.fetchPieces({
    downloadId: id,
    pieces: [{ start: 0, length: body.sizeBytes, xxh64: '0'.repeat(16) }],
    write: () => Promise.resolve(),
    signal: new AbortController().signal,
  });
  expect(mended).toMatchObject({ kind: 'failed', reason: 'SIGN_IN_NEEDED' });
  expect(server.requests.length).toBe(asked);
});
