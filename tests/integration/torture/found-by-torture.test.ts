import { expect, it } from 'vitest';
import { body, rigOf, serve, sha256, slow, wanted } from '../../support/a-download.ts';
import { startRig, waitFor, type Rig } from '../../support/fault-rig.ts';

it('fetches a cancelled download from its first byte when it is wanted again after a crash', async () => {
  let asked = 0;
  const server = await serve(() => ({ ...slow, bytesPerSecond: ++asked > 4 ? 50_000_000 : 500_000 }));
  const rig = await rigOf({ connections: 4 });
  // No hash: nothing but the journal would tell that bytes are missing.
  const { id } = await rig.downloads.addUrl(wanted(server.url, { sha256: undefined }));
  await waitFor(
    () => rig.downloads.get({ id }).bytes,
    (bytes) => bytes > 100_000,
  );
  await rig.downloads.pause();
  // As if it had been killed right after the wish was written down.
  rig.db.prepare(`UPDATE download SET state = 'cancelled', reason = NULL WHERE id = ?`).run(id);
  await rig.stop();
  const next = await startRig({ home: rig.home, connections: 4 });
  try {
    expect(next.downloads.get({ id })).toMatchObject({ state: 'cancelled', bytes: 0 });
    expect(next.files()).toEqual([]);
    const before = server.sentBytes();
    await next.downloads.retry({ ids: [id] });
    expect(await next.settled(id)).toMatchObject({ state: 'complete', sha256 });
    expect(server.sentBytes() - before).toBe(body.sizeBytes);
  } finally {
    await next.stop();
  }
});

it('gives back its connection when it is paused between the first answer and the first byte', async () => {
  const server = await serve(() => slow);
  const pauses: Array<Promise<unknown>> = [];
  const rig: Rig = await rigOf({
    settings: { hostConnections: () => 1 },
    checkpoint: async (name) => {
      if (name !== 'part-created' || pauses.length > 0) return;
      pauses.push(rig.downloads.pause());
      await new Promise((resolve) => setTimeout(resolve, 50));
    },
  });
  const { id } = await rig.downloads.addUrl(wanted(server.url));
  await waitFor(
    () => rig.downloads.get({ id }).state,
    (state) => state === 'paused',
  );
  await Promise.all(pauses);
  await rig.downloads.resume();
  expect(await rig.settled(id)).toMatchObject({ state: 'complete', sha256 });
});
