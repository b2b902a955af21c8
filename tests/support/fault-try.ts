import type { Download } from '../../shared/contract/downloads.ts';
import { seededBody } from './fault-body.ts';
import { startRig, type Rig, type RigOptions } from './fault-rig.ts';
import { startFaultServer, type Behaviour, type FaultServer, type SeenRequest } from './fault-server.ts';

/** The file that an honest server gives, in ten pieces. */
export const body = seededBody(600 * 1024, 1);
export const sha256 = body.sha256();
export const etag = '"v1"';
export const honest: Behaviour = { body, etag, lastModified: 'Sun, 01 Feb 2026 10:00:00 GMT' };

/** One download from one server, and how it ended. */
export interface Try {
  readonly download: Download;
  readonly server: FaultServer;
  readonly rig: Rig;
}

/** What a try may differ in. `hash` null: none is promised. */
export interface TryOptions extends RigOptions {
  readonly hash?: string | null;
  readonly size?: number;
  readonly until?: (download: Download) => boolean;
}

/** Makes tries and ends what they started. */
export function createTries() {
  const open: Array<{ close(): Promise<void> }> = [];
  return {
    close: async (): Promise<void> => {
      for (const one of open.splice(0).reverse()) await one.close();
    },
    fetchFrom: async (
      behave: (request: SeenRequest) => Behaviour,
      options: TryOptions = {},
    ): Promise<Try> => {
      const server = await startFaultServer(behave);
      open.push(server);
      const rig = await startRig(options);
      open.push(rig);
      const { id } = await rig.downloads.addUrl({
        url: `${server.url}/clip.mp4?token=canary`,
        insecureHttp: true,
        allowPrivate: true,
        ...(options.hash === null ? {} : { sha256: options.hash ?? sha256 }),
        ...(options.size === undefined ? {} : { sizeBytes: options.size }),
      });
      return { download: await rig.settled(id, options.until), server, rig };
    },
  };
}

/** What a download that went well looks like. */
export const whole = {
  state: 'complete',
  reason: null,
  verified: 'hash',
  sha256,
  onDisk: sha256,
  files: ['clip.mp4'],
};

/** What the product says of a finished download beside what lies on the disk. */
export function outcomeOf({ download, rig }: Try): object {
  const onDisk = download.path === null ? null : rig.sha256('clip.mp4');
  return { ...download, onDisk, files: rig.files() };
}
