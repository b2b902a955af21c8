import { expect, test } from 'vitest';
import { startPortal } from '../../support/portal.ts';
import { addSource, startCore, syncSummary } from './test-core.ts';

test(
  'a catalogue of 50,000 items is read whole, then in a handful of requests, then by what has changed',
  { timeout: 300_000 },
  async () => {
    const portal = await startPortal({ items: 50_000 });
    try {
      const core = await startCore();
      const sourceId = await addSource(core, portal.url);
      const first = await syncSummary(core, sourceId);
      const { total } = await core.client.catalogue.list({ limit: 1 });
      expect(first).toMatchObject({ added: total, updated: 0, withdrawn: 0, failed: 0 });
      expect(total).toBeGreaterThan(49_900);

      const again = await syncSummary(core, sourceId);
      expect(again).toMatchObject({ added: 0, updated: 0, withdrawn: 0, failed: 0 });
      expect(again.requests).toBeLessThanOrEqual(4);

      for (let n = 0; n < 490; n++) portal.touchAsset(String(1000 + n * 100), { teaser: `Changed ${n}.` });
      for (let n = 0; n < 10; n++) portal.withdrawAsset(String(1001 + n * 100));
      const changed = await syncSummary(core, sourceId);
      expect(changed).toMatchObject({ added: 0, updated: 490, withdrawn: 10, failed: 0 });
      expect(changed.requests).toBeLessThanOrEqual(10);

      const found = await core.client.catalogue.list({ query: 'railhead report 4711', limit: 10 });
      expect(found.items.map(({ title }) => title)).toEqual([expect.stringContaining('report 4711')]);
    } finally {
      await portal.close();
    }
  },
);
