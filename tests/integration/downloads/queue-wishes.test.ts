import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { body, honest, rigOf, serve, sha256, slow, wanted } from '../../support/a-download.ts';
import { aLink, waitFor } from '../../support/fault-rig.ts';
import { RushesError } from '../../../shared/errors/rushes-error.ts';

const described = { sizeBytes: body.sizeBytes, hash: { kind: 'sha256', value: sha256 } } as const;

describe('wishing for assets', () => {
  it('says what is here already, by its source, and fetches it again only when told', async () => {
    const server = await serve(() => honest);
    const rig = await rigOf({
      resolve: () => Promise.resolve(aLink(`${server.url}/clip.mp4`)),
      describe: () => described,
      onComplete: () => Promise.resolve('clip-1'),
    });
    const first = await rig.downloads.add({ assetIds: ['a'] });
    expect(first).toMatchObject({ downloads: [{ assetId: 'a' }], already: [], refused: [] });
    const done = await rig.settled(first.downloads[0]?.id ?? '');
    expect(await rig.downloads.add({ assetIds: ['a'] })).toEqual({
      downloads: [],
      already: [{ assetId: 'a', clipId: 'clip-1', path: done.path, by: 'identity' }],
      refused: [],
    });
    const again = await rig.downloads.add({ assetIds: ['a'], again: true });
    expect(again.downloads).toHaveLength(1);
    expect((await rig.settled(again.downloads[0]?.id ?? '')).path).not.toBe(done.path);
    // A file that is not what it was is fetched anew.
    for (const path of rig.files()) rmSync(join(rig.dir, path));
    writeFileSync(join(rig.dir, 'a.mp4'), 'short');
    const anew = await rig.downloads.add({ assetIds: ['a'] });
    expect(anew.downloads).toHaveLength(1);
    await rig.settled(anew.downloads[0]?.id ?? '');
  });

  it('makes one download of wishes for the same that come at the same time', async () => {
    const server = await serve(() => slow);
    const rig = await rigOf({ resolve: () => Promise.resolve(aLink(`${server.url}/clip.mp4`)) });
    const wishes = Array.from({ length: 20 }, () => rig.downloads.add({ assetIds: ['a', 'b'] }));
    const made = (await Promise.all(wishes)).flatMap(({ downloads }) => downloads.map(({ id }) => id));
    expect(new Set(made).size).toBe(2);
    expect(rig.downloads.list().counts.active).toBe(2);
    // In a folder of its own it is another wish.
    const elsewhere = await rig.downloads.add({ assetIds: ['a'], dir: join(rig.home, 'other') });
    expect(made).not.toContain(elsewhere.downloads[0]?.id);
  });

  it('says what is here by its hash, from wherever it came', async () => {
    const rig = await rigOf({
      describe: () => described,
      findHeld: ({ hash }) =>
        Promise.resolve(hash?.value === sha256 ? { clipId: 'c', path: '/media/old.mp4', by: 'hash' } : null),
    });
    expect(await rig.downloads.add({ assetIds: ['a'] })).toMatchObject({
      downloads: [],
      already: [{ assetId: 'a', clipId: 'c', path: '/media/old.mp4', by: 'hash' }],
    });
  });

  it('adds the others when one is refused', async () => {
    const server = await serve(() => honest);
    const rig = await rigOf({
      resolve: () => Promise.resolve(aLink(`${server.url}/clip.mp4`)),
      describe: (id) => {
        if (id === 'secret') throw new RushesError('NOT_RELEASED', 'Under embargo.');
        return described;
      },
    });
    const added = await rig.downloads.add({ assetIds: ['a', 'secret', 'b'], priority: 'high', maxRate: 1e9 });
    expect(added.refused).toEqual([{ assetId: 'secret', code: 'NOT_RELEASED', message: 'Under embargo.' }]);
    expect(added.downloads).toMatchObject([
      { assetId: 'a', priority: 'high', maxRate: 1e9 },
      { assetId: 'b', priority: 'high', maxRate: 1e9 },
    ]);
    for (const { id } of added.downloads) await rig.settled(id);
  });
});

describe('one that would be late', () => {
  it('is offered as a smaller file, and can take it', async () => {
    const server = await serve(({ path }) =>
      path.includes('small') ? honest : { ...honest, bytesPerSecond: 100_000 },
    );
    const wishes: string[] = [];
    const rig = await rigOf({
      connections: 1,
      describe: (assetId) => {
        wishes.push(assetId);
        return wishes.length === 1
          ? { ...described, renditionId: 'large', renditionExternalId: 'large' }
          : { ...described, renditionId: 'small', renditionExternalId: 'small', fileName: 'small.mp4' };
      },
      resolve: (row) => Promise.resolve(aLink(`${server.url}/${row.renditionExternalId}.mp4`)),
      renditions: () => [
        { id: 'large', label: 'master 1920×1080', sizeBytes: body.sizeBytes },
        { id: 'small', label: 'proxy 640×360', sizeBytes: 50_000 },
        { id: 'tiny', label: 'proxy 320×180', sizeBytes: 10_000 },
      ],
    });
    const { downloads } = await rig.downloads.add({ assetIds: ['a'], neededByMs: Date.now() + 15_000 });
    const id = downloads[0]?.id ?? '';
    // The first moments give too low a speed; twenty seconds of work do not fit into fifteen at any.
    const late = await rig.settled(id, ({ smaller }) => smaller?.renditionId === 'small');
    expect(['late', 'at-risk']).toContain(late.deadline);
    expect(late.smaller).toEqual({ renditionId: 'small', label: 'proxy 640×360', sizeBytes: 50_000 });
    const swapped = await rig.downloads.swapRendition({ id, renditionId: 'small' });
    expect(swapped).toMatchObject({ renditionId: 'small', fileName: 'small.mp4', bytes: 0 });
    expect(await rig.settled(id)).toMatchObject({ state: 'complete', sha256 });
    expect(rig.files()).toEqual(['small.mp4']);
    await expect(rig.downloads.swapRendition({ id, renditionId: 'large' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });
});

describe('what has ended', () => {
  it('is taken off the list, and its file stays', async () => {
    const server = await serve(({ path }) => (path.includes('slow') ? slow : honest));
    const rig = await rigOf();
    const url = (name: string) => ({
      url: `${server.url}/${name}.mp4`,
      insecureHttp: true,
      allowPrivate: true,
    });
    const done = await rig.downloads.addUrl(url('done'));
    await rig.settled(done.id);
    const going = await rig.downloads.addUrl(url('slow'));
    expect(rig.downloads.forget({ ids: [going.id] })).toEqual({ forgotten: 0 });
    expect(rig.downloads.forget()).toEqual({ forgotten: 1 });
    expect(rig.downloads.list().downloads.map(({ id }) => id)).toEqual([going.id]);
    expect(rig.downloads.list().counts).toEqual({ active: 1, done: 0, failed: 0 });
    expect(rig.files()).toContain('done.mp4');
    await rig.downloads.cancel();
  });

  it('is complete for nobody before the library has it', async () => {
    const server = await serve(() => honest);
    const { promise, resolve } = Promise.withResolvers<string>();
    const rig = await rigOf({ onComplete: () => promise });
    const { id } = await rig.downloads.addUrl({
      url: `${server.url}/clip.mp4`,
      insecureHttp: true,
      allowPrivate: true,
    });
    await waitFor(
      () => rig.files(),
      (files) => files.includes('clip.mp4'),
    );
    await waitFor(
      () => rig.db.prepare('SELECT state FROM download').pluck().get(),
      (state) => state === 'complete',
    );
    expect(rig.downloads.get({ id })).toMatchObject({ state: 'verifying' });
    resolve('clip-9');
    expect(await rig.settled(id)).toMatchObject({ state: 'complete', clipId: 'clip-9' });
  });
});

describe('verbs that meet', () => {
  it('leaves cancelled what is cancelled while another rendition is being taken', async () => {
    const server = await serve(() => slow);
    const rig = await rigOf({ resolve: () => Promise.resolve(aLink(`${server.url}/clip.mp4`)) });
    const id = (await rig.downloads.add({ assetIds: ['a'] })).downloads[0]?.id ?? '';
    await waitFor(
      () => rig.downloads.get({ id }).bytes,
      (bytes) => bytes > 100_000,
    );
    const swapped = rig.downloads.swapRendition({ id, renditionId: 'small' });
    await Promise.all([
      expect(swapped).rejects.toMatchObject({ code: 'CONFLICT' }),
      rig.downloads.cancel({ ids: [id] }),
    ]);
    expect(rig.downloads.get({ id }).state).toBe('cancelled');
    expect(rig.files()).toEqual([]);
  });

  it('puts back on the list what was taken off it and is tried again', async () => {
    let isThere = false;
    const server = await serve(() => (isThere ? honest : { text: 'no', status: 404 }));
    const rig = await rigOf();
    const { id } = await rig.downloads.addUrl(wanted(server.url));
    expect(await rig.settled(id)).toMatchObject({ state: 'failed' });
    expect(rig.downloads.forget({ ids: [id] })).toEqual({ forgotten: 1 });
    expect(rig.downloads.list().downloads).toEqual([]);
    isThere = true;
    await rig.downloads.retry({ ids: [id] });
    expect(rig.downloads.list().downloads).toMatchObject([{ id }]);
    expect(await rig.settled(id)).toMatchObject({ state: 'complete', sha256 });
  });
});
