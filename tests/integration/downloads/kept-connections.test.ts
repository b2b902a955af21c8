import { expect, it } from 'vitest';
import { seededBody } from '../../support/fault-body.ts';
import { rigOf, serve } from '../../support/a-download.ts';
import { patient } from '../../support/fault-rig.ts';

// Pieces about as long as what the system hands over at once, so that they end anywhere in the buffer of a connection.
it.each([16_000, 65_000, 65_536, 66_000, 131_072, 262_144])(
  'fetches everything once, over one connection, in pieces of %i bytes',
  async (pieceBytes) => {
    const body = seededBody(8 * 1024 * 1024, pieceBytes);
    const server = await serve(() => ({ body, etag: '"v1"' }));
    const rig = await rigOf({ connections: 1, pieceBytes, tuning: patient });
    const { id } = await rig.downloads.addUrl({
      url: `${server.url}/clip.mp4`,
      insecureHttp: true,
      allowPrivate: true,
      sha256: body.sha256(),
    });
    expect(await rig.settled(id)).toMatchObject({ state: 'complete', verified: 'hash' });
    expect(server.connections()).toBe(1);
    expect(server.requests).toHaveLength(Math.ceil(body.sizeBytes / pieceBytes));
    expect(server.sentBytes()).toBe(body.sizeBytes);
  },
);
