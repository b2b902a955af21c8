import { expect, onTestFinished, test } from 'vitest';
import { seededBody } from '../../support/fault-body.ts';
import { startRig } from '../../support/fault-rig.ts';
import { startFaultServer } from '../../support/fault-server.ts';
import { makeAuthority } from '../../support/tls.ts';

const names = ['127.0.0.1'];
const authority = makeAuthority();

test('one download finds out that a host is not to be believed, and the others wait with that reason', async () => {
  const body = seededBody(200_000, 3);
  const stranger = makeAuthority('Somebody else').issue({ names });
  const server = await startFaultServer(() => ({ body, etag: '"v1"' }), { tls: stranger });
  const other = await startFaultServer(() => ({ body, etag: '"v1"' }), { tls: authority.issue({ names }) });
  // The waits of the product, so that what waits is seen to.
  const tuning = { delayFactor: 1 };
  const rig = await startRig({ parallel: 1, connections: 4, certificates: [authority.cert], tuning });
  onTestFinished(async () => {
    await rig.close();
    await server.close();
    await other.close();
  });
  const add = async (url: string): Promise<string> =>
    (await rig.downloads.addUrl({ url, allowPrivate: true })).id;
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c']) ids.push(await add(`${server.url}/${name}.mp4`));
  const elsewhere = await add(`${other.url}/d.mp4`);
  const ends = await Promise.all(
    ids.map((id) =>
      rig.settled(id, ({ state, reason }) => state === 'failed' || (state === 'waiting' && reason !== null)),
    ),
  );
  expect(ends.map(({ state, reason }) => [state, reason?.code])).toEqual([
    ['failed', 'CERTIFICATE'],
    ['waiting', 'CERTIFICATE'],
    ['waiting', 'CERTIFICATE'],
  ]);
  expect(await rig.settled(elsewhere)).toMatchObject({ state: 'complete' });
  expect(server.requests).toEqual([]);

  server.become({ tls: authority.issue({ names }) });
  rig.downloads.wake({ why: 'online' });
  const isOver = ({ state }: { state: string }): boolean => state === 'complete' || state === 'failed';
  expect((await rig.settled(ids[1] ?? '', isOver)).state).toBe('complete');
  expect((await rig.settled(ids[2] ?? '', isOver)).state).toBe('complete');
});
