import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assetSchema } from '../../../shared/portal-api/asset.ts';
import type { PortalAsset } from '../../../shared/portal-api/asset.ts';
import { assetPageSchema, eventListSchema } from '../../../shared/portal-api/catalogue.ts';
import type { AssetPage } from '../../../shared/portal-api/catalogue.ts';
import { assetPath, portalPaths } from '../../../shared/portal-api/paths.ts';
import type { Portal } from '../../../electron/portal/options.ts';
import { createTestClock, send, startPortal } from '../../support/portal.ts';

const clock = createTestClock();
let portal: Portal & { dir: string };

beforeAll(async () => {
  portal = await startPortal({ now: clock.now, items: 12 });
});
afterAll(() => portal.close());

async function page(query: Record<string, string>): Promise<AssetPage> {
  const answer = await send(portal, `${portalPaths.assets}?${new URLSearchParams(query).toString()}`);
  expect(answer.status).toBe(200);
  return assetPageSchema.parse(answer.body);
}

/** Walks a listing to its end; `between` runs after each page. */
async function walk(query: Record<string, string>, between: () => void = () => undefined) {
  const items: PortalAsset[] = [];
  let at = await page(query);
  const { changeCursor } = at;
  items.push(...at.items);
  for (let pages = 0; at.nextCursor !== null && pages < 50; pages += 1) {
    between();
    at = await page({ ...query, cursor: at.nextCursor });
    expect(at.changeCursor).toBe(changeCursor);
    items.push(...at.items);
  }
  return { items, changeCursor };
}

describe('listing', () => {
  it('walks every asset once, newest first, without the withdrawn ones', async () => {
    const { items } = await walk({ limit: '3' });
    const ids = items.map((item) => Number(item.id));
    expect(ids).toHaveLength(11);
    expect(ids).toEqual(ids.toSorted((one, other) => other - one));
    expect(new Set(ids).size).toBe(ids.length);
    expect(items.map((item) => item.status)).not.toContain('withdrawn');
  });

  it('misses and repeats nothing while assets change between the pages, and tells the changes afterwards', async () => {
    const before = (await walk({})).items.map((item) => item.id);
    const touched = ['412901', '411401', '412001'];
    const left = [...touched];
    const { items, changeCursor } = await walk({ limit: '2' }, () => {
      const next = left.pop();
      if (next !== undefined) portal.touchAsset(next, { teaser: 'changed while the pages were walked' });
    });
    expect(items.map((item) => item.id)).toEqual(before);
    const changed = await walk({ changedSince: changeCursor, limit: '2' });
    expect(new Set(changed.items.map((item) => item.id))).toEqual(new Set(touched));
    expect((await walk({ changedSince: changed.changeCursor })).items).toEqual([]);
  });

  it('walks an incremental listing correctly while its assets change again', async () => {
    const { changeCursor } = await walk({});
    for (const id of ['412001', '412003', '412012', '411911']) portal.touchAsset(id);
    let again = false;
    const first = await walk({ changedSince: changeCursor, limit: '1' }, () => {
      if (!again) portal.touchAsset('411911', { teaser: 'moved to the end' });
      again = true;
    });
    const second = await walk({ changedSince: first.changeCursor });
    expect([...first.items, ...second.items].map((item) => item.id)).toEqual([
      '412001',
      '412003',
      '412012',
      '411911',
    ]);
  });

  it('tells a withdrawn asset as a tombstone once, and by its id', async () => {
    const { changeCursor } = await walk({});
    portal.withdrawAsset('411461');
    const { items } = await walk({ changedSince: changeCursor });
    expect(items).toMatchObject([{ id: '411461', status: 'withdrawn', renditions: [], synopsis: '' }]);
    expect((await walk({})).items.map((item) => item.id)).not.toContain('411461');
    expect((await send(portal, assetPath('411461'))).body).toMatchObject({ status: 'withdrawn' });
  });

  it('releases an embargoed asset by the clock, as a change', async () => {
    const { changeCursor, items } = await walk({});
    const embargoed = items.find((item) => item.status === 'embargoed');
    expect(embargoed?.embargoUntilMs).toBeGreaterThan(clock.now());
    clock.advance((embargoed?.embargoUntilMs ?? 0) - clock.now());
    const changed = await walk({ changedSince: changeCursor });
    expect(changed.items).toMatchObject([{ id: embargoed?.id, status: 'usable' }]);
  });

  it('answers 304 for an unchanged page and 200 after a change, whatever the time', async () => {
    const first = await send(portal, `${portalPaths.assets}?limit=5`);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    clock.advance(5_000);
    const again = () => send(portal, `${portalPaths.assets}?limit=5`, { headers: { 'if-none-match': etag } });
    const same = await again();
    expect(same.status).toBe(304);
    expect(same.body).toBeUndefined();
    portal.touchAsset('412001', { teaser: 'another' });
    expect((await again()).status).toBe(200);
  });

  it.each([
    ['cursor', 'nonsense'],
    ['changedSince', 'nonsense'],
    ['changedSince', Buffer.from('{"portal":"another","seq":1}').toString('base64url')],
  ])('refuses a %s that is not its own', async (name, value) => {
    const answer = await send(portal, `${portalPaths.assets}?${name}=${value}`);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'CURSOR_INVALID' } } });
  });

  it.each(['0', '101', 'many'])('refuses a page of %s', async (limit) => {
    const answer = await send(portal, `${portalPaths.assets}?limit=${limit}`);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'BAD_REQUEST' } } });
  });
});

describe('single things', () => {
  it('answers an asset with its ETag and nothing for an unknown id', async () => {
    const answer = await send(portal, assetPath('412001'));
    expect(assetSchema.parse(answer.body).id).toBe('412001');
    const headers = { 'if-none-match': answer.headers.get('etag') ?? '' };
    expect((await send(portal, assetPath('412001'), { headers })).status).toBe(304);
    expect(await send(portal, assetPath('999999'))).toMatchObject({
      status: 404,
      body: { error: { code: 'NOT_FOUND' } },
    });
  });

  it('lists the events, some over days and over the end of a month', async () => {
    const { items } = eventListSchema.parse((await send(portal, portalPaths.events)).body);
    expect(items.length).toBeGreaterThanOrEqual(13);
    expect(items.some((event) => event.firstDay.slice(0, 7) !== event.lastDay.slice(0, 7))).toBe(true);
  });

  it('keeps changes, tombstones and cursors over a restart, and a restart is no change', async () => {
    const { changeCursor } = await walk({});
    const { dir } = portal;
    const second = await startPortal({ now: clock.now, items: 12, dir });
    try {
      const answer = await send(second, `${portalPaths.assets}?changedSince=${changeCursor}`);
      expect(assetPageSchema.parse(answer.body)).toMatchObject({ items: [], changeCursor });
      expect((await send(second, assetPath('411461'))).body).toMatchObject({ status: 'withdrawn' });
    } finally {
      await second.close();
    }
  });
});
