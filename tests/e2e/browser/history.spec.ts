import { expect, test, type Locator, type Page } from '@playwright/test';
import type { AssetRow } from '../../../shared/contract/catalogue.ts';
import { startPortal } from '../../support/portal.ts';
import { joinPortal, openCoreDoor, type CoreDoor } from './core-door.ts';

const count = 4;
let portal: Awaited<ReturnType<typeof startPortal>>;
let door: CoreDoor;
let assets: readonly AssetRow[];

test.beforeEach(async ({ page }) => {
  test.setTimeout(120_000);
  portal = await startPortal({ items: 12 });
  door = await openCoreDoor();
  const { client } = door;
  await joinPortal(door, portal);
  ({ items: assets } = await client.catalogue.list({ status: 'usable', limit: count }));
  await client.downloads.add({ assetIds: assets.map(({ id }) => id), rendition: 'smallest' });
  await expect
    .poll(async () => (await client.downloads.list({ show: 'done' })).counts.done, { timeout: 60_000 })
    .toBe(count);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(door.url);
});

test.afterEach(async () => {
  await Promise.allSettled([door.close(), portal.close()]);
});

async function openDone(page: Page): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/#/downloads?tab=done`);
  await expect(page.getByRole('row')).toHaveCount(count);
}

/** The titles from top to bottom. */
async function titles(page: Page): Promise<string[]> {
  const rows: Locator[] = [];
  for (let place = 1; place <= count; place++)
    rows.push(page.locator(`[role="row"][aria-rowindex="${place}"]`));
  return Promise.all(rows.map(async (row) => (await row.locator('.download-title').textContent()) ?? ''));
}

test('the history begins with what ended last, is sorted by a click, and remembers it', async ({ page }) => {
  await openDone(page);
  const { downloads } = await door.client.downloads.list({ show: 'done' });
  const newest = downloads.toSorted((a, b) => (b.finishedAtMs ?? 0) - (a.finishedAtMs ?? 0));
  expect((await titles(page))[0]).toBe(newest[0]?.title);
  const byName = downloads
    .map(({ title }) => title)
    .toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  const sort = page.getByRole('group', { name: 'Sort by' });
  await sort.getByRole('button', { name: 'Name' }).click();
  await expect(sort.getByRole('button', { name: 'Name, ascending' })).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => titles(page)).toEqual(byName);
  await sort.getByRole('button', { name: 'Name, ascending' }).click();
  await expect.poll(() => titles(page)).toEqual(byName.toReversed());
  await page.reload();
  await expect.poll(() => titles(page)).toEqual(byName.toReversed());
});

test('compact rows show more of the list, and stay chosen', async ({ page }) => {
  await openDone(page);
  const heightOf = async (): Promise<number> =>
    (await page.getByRole('row').first().boundingBox())?.height ?? 0;
  const before = await heightOf();
  await page.getByRole('button', { name: 'Compact rows' }).click();
  await expect.poll(heightOf).toBeLessThan(before * 0.75);
  await page.reload();
  await expect(page.getByRole('row')).toHaveCount(count);
  expect(await heightOf()).toBeLessThan(before * 0.75);
});

test('of several that are here already only the ticked ones are fetched again', async ({ page }) => {
  await page.goto(`${new URL(page.url()).origin}/#/catalogue?status=usable`);
  const cells = page.getByRole('gridcell');
  await cells.nth(0).click();
  await cells.nth(1).click({ modifiers: ['ControlOrMeta'] });
  const download = async (): Promise<void> => {
    await page.getByRole('complementary').getByRole('button', { name: 'Download options' }).click();
    await page.getByLabel('File', { exact: true }).selectOption('smallest');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Download/ })
      .click();
  };
  await download();
  const dialog = page.getByRole('dialog', { name: 'We have these already' });
  await expect(dialog.getByRole('button', { name: 'Download again' })).toBeDisabled();
  await dialog.getByRole('checkbox', { name: 'All 2' }).check();
  await expect(dialog.getByRole('button', { name: 'Download 2 again' })).toBeEnabled();
  await dialog.getByRole('checkbox', { name: assets[0]?.title ?? '', exact: true }).uncheck();
  await expect(dialog.getByRole('checkbox', { name: 'All 2' })).not.toBeChecked();
  await dialog.getByRole('button', { name: 'Download 1 again' }).click();
  await expect(page.getByText('1 download added')).toBeVisible();
  const { downloads } = await door.client.downloads.list({});
  const again = downloads.filter(({ assetId }) => assetId === assets[1]?.id);
  expect([downloads.length, again.length]).toEqual([count + 1, 2]);
});

test('a message in the corner covers no row and no button', async ({ page }) => {
  await openDone(page);
  await page.setViewportSize({ width: 1024, height: 640 });
  await page.getByRole('row').first().click();
  await page
    .getByRole('row')
    .first()
    .getByRole('button', { name: /^Remove from list/ })
    .click();
  const toast = page.locator('.toast');
  await expect(toast).toBeVisible();
  const box = await toast.boundingBox();
  for (const part of ['.download-scroll', '.inspector']) {
    const other = await page.locator(part).boundingBox();
    expect((other?.y ?? 0) + (other?.height ?? 0)).toBeLessThanOrEqual(box?.y ?? 0);
  }
  const room = (): Promise<string> =>
    page.evaluate(() => document.documentElement.style.getPropertyValue('--toast-room'));
  expect(await room()).not.toBe('');
  await page.getByRole('button', { name: 'Close message' }).click();
  await expect.poll(room).toBe('');
});
