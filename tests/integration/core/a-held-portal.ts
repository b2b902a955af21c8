import { onTestFinished } from 'vitest';
import type { AssetId, SourceId } from '../../../shared/contract/values.ts';
import type { Portal } from '../../../electron/portal/options.ts';
import { goodPassword, makeAccount, startPortal } from '../../support/portal.ts';
import { addSource, startCore, syncSummary, until, type TestCore } from './test-core.ts';

/** A portal whose catalogue a core has read, signed in. */
export interface HeldPortal {
  readonly portal: Portal;
  readonly core: TestCore;
  readonly sourceId: SourceId;
  /** The newest assets that can be had. */
  readonly assets: readonly AssetId[];
  /** Downloads the smallest file of an asset and waits until it is a clip. */
  hold(assetId: AssetId): Promise<void>;
  sync(): ReturnType<typeof syncSummary>;
}

/** Starts a portal and a core that works, signs in and reads the catalogue. */
export async function aHeldPortal(items = 12): Promise<HeldPortal> {
  const portal = await startPortal({ items });
  onTestFinished(() => portal.close());
  const email = 'desk@newsroom.example';
  await makeAccount(portal, email);
  const core = await startCore();
  const sourceId = await addSource(core, portal.url);
  await core.client.account.login({ sourceId, email, password: goodPassword });
  await syncSummary(core, sourceId);
  const { items: usable } = await core.client.catalogue.list({ status: 'usable', limit: 20 });
  return {
    portal,
    core,
    sourceId,
    assets: usable.map(({ id }) => id),
    hold: async (assetId) => {
      await core.client.downloads.add({ assetIds: [assetId], rendition: 'smallest' });
      await until(
        async () => (await core.client.catalogue.get({ id: assetId })).holding.state,
        (state) => state === 'held',
      );
    },
    sync: () => syncSummary(core, sourceId),
  };
}
