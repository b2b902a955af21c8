import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Core } from '../../../electron/core/create-core.ts';
import { openCore } from '../../../electron/hosts/open-core.ts';
import { serve } from '../../../electron/hosts/serve/serve.ts';
import type { Portal } from '../../../electron/portal/options.ts';
import type { Source } from '../../../shared/contract/sources.ts';
import { goodPassword, readCode } from '../../support/portal.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A core in the test's own process behind the browser's door: a test prepares by calls what the page then shows. */
export interface CoreDoor {
  readonly client: Core['client'];
  /** The address to open; its token works once. */
  readonly url: string;
  /** Another address, for a browser that has no session. */
  readonly newUrl: () => string;
  readonly downloads: string;
  close(): Promise<void>;
}

/** Opens a core on a home of its own and serves the built page. */
export async function openCoreDoor(): Promise<CoreDoor> {
  const dir = await mkdtemp(join(tmpdir(), 'rushes-e2e-'));
  const downloads = join(dir, 'downloads');
  const core = await openCore({
    home: join(dir, 'home'),
    door: 'browser',
    version: '0.0.0',
    log: quiet,
    downloadDir: downloads,
  });
  const served = await serve({ core, pageDir: join(root, 'out', 'renderer'), port: 0, log: quiet });
  return {
    client: core.client,
    url: served.url,
    newUrl: served.newUrl,
    downloads,
    close: async () => {
      await served.close();
      await core.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Adds a portal as a source, reads its catalogue and signs in. */
export async function joinPortal(
  door: CoreDoor,
  portal: Pick<Portal, 'url'> & Parameters<typeof readCode>[0] & { mailsSettled: () => Promise<void> },
): Promise<Source> {
  const { client } = door;
  const email = 'editor@newsroom.example';
  const source = await client.sources.add({ url: portal.url });
  for await (const step of await client.catalogue.sync({ sourceId: source.id })) void step;
  await client.account.register({ sourceId: source.id, email, password: goodPassword });
  await portal.mailsSettled();
  await client.account.verify({ sourceId: source.id, email, code: await readCode(portal, email) });
  await client.account.login({ sourceId: source.id, email, password: goodPassword });
  return source;
}
