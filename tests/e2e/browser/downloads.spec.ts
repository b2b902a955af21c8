import { access } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';
import type { AssetRow } from '../../../shared/contract/catalogue.ts';
import type { Traffic } from '../../../shared/contract/system.ts';
import { startPortal } from '../../support/portal.ts';
import { joinPortal, openCoreDoor, type CoreDoor } from './core-door.ts';

const profiles = [{ id: 'full', name: 'Full speed', bytesPerSecond: null }];
const onHold: Traffic = { profiles, outside: null, windows: [] };
const atFullSpeed: Traffic = { profiles, outside: 'full', windows: [] };

let portal: Awaited<ReturnType<typeof startPortal>>;
let door: CoreDoor;
let assets: readonly AssetRow[];

test.beforeEach(async ({ page }) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  portal = await startPortal({ items: 12, throttleBytesPerSecond: 400_000 });
  door = await openCoreDoor();
  await joinPortal(door, portal);
  ({ items: assets } = await door.client.catalogue.list({ status: 'usable', limit: 12 }));
  await page.goto(door.url);
  await expect(page.getByRole('heading', { name: 'Catalogue', level: 1 })).toBeVisible();
});

test.afterEach(async () => {
  await Promise.allSettled([door.close(), portal.close()]);
});

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/#${path}`);
}

async function want(
  count: number,
  rendition: 'best' | 'smallest' = 'best',
): Promise<{ id: string; title: string }[]> {
  const { downloads } = await door.client.downloads.add({
    assetIds: assets.slice(0, count).map(({ id }) => id),
    rendition,
  });
  return downloads;
}

/** The file names of the rows from top to bottom; titles of versions differ only in their ends. */
async function order(page: Page): Promise<string[]> {
  const rows = await page.getByRole('grid', { name: 'Downloads' }).getByRole('row').all();
  const placed = await Promise.all(
    rows.map(async (row) => ({
      place: Number(await row.getAttribute('aria-rowindex')),
      name: (await row.locator('.mono').first().textContent()) ?? '',
    })),
  );
  return placed.sort((one, other) => one.place - other.place).map(({ name }) => name);
}

function rowOf(page: Page, place: number): Locator {
  return page.locator(`[role="row"][aria-rowindex="${place}"]`);
}

test('a queue on hold says so, and is put in order by dragging and by keys', async ({ page }) => {
  await door.client.settings.set({ traffic: onHold });
  await want(4);
  await open(page, '/downloads');
  await expect(page.getByTestId('traffic-rule')).toHaveText(
    'On hold – nothing runs until another speed is chosen',
  );
  await expect(page.getByRole('row')).toHaveCount(4);
  const [a = '', b = '', c = '', d = ''] = await order(page);
  await rowOf(page, 4).dragTo(rowOf(page, 1), { targetPosition: { x: 200, y: 4 } });
  await expect.poll(() => order(page)).toEqual([d, a, b, c]);
  await rowOf(page, 1).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => order(page)).toEqual([a, d, b, c]);
  // The focus goes along with the row.
  await expect(rowOf(page, 2)).toBeFocused();
  await page.keyboard.press('Alt+End');
  await expect.poll(() => order(page)).toEqual([a, b, c, d]);
  await page.keyboard.press('Alt+Home');
  await expect.poll(() => order(page)).toEqual([d, a, b, c]);
});

test('the hours of a schedule are said as a sentence', async ({ page }) => {
  const hour = (new Date().getHours() + 2) % 24;
  const two = (value: number): string => String(value).padStart(2, '0');
  await door.client.settings.set({
    traffic: {
      profiles,
      outside: null,
      windows: [
        {
          days: [0, 1, 2, 3, 4, 5, 6],
          from: `${two(hour)}:00`,
          to: `${two((hour + 1) % 24)}:00`,
          profile: 'full',
        },
      ],
    },
  });
  await want(1);
  await open(page, '/downloads');
  await expect(page.getByTestId('traffic-rule')).toHaveText(
    new RegExp(`nothing runs until (tomorrow )?${two(hour)}:00`),
  );
  await page.getByRole('group', { name: 'Speed' }).getByRole('button', { name: 'Full speed' }).click();
  await expect(page.getByTestId('traffic-rule')).toHaveText(/^Full speed – no limit/);
  await page.getByRole('button', { name: 'Back to the schedule' }).click();
  await expect(page.getByTestId('traffic-rule')).toHaveText(/nothing runs until/);
  await page.getByRole('link', { name: 'Schedule', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Speed and schedule' })).toBeInViewport();
});

test('a limit and a deadline are set in the inspector, for several at once as well', async ({ page }) => {
  await door.client.settings.set({ traffic: onHold });
  await want(3);
  await open(page, '/downloads');
  await rowOf(page, 1).click();
  const inspector = page.getByRole('complementary', { name: 'Download' });
  await inspector.getByLabel('Limit in MB/s').fill('2,5');
  await inspector.getByLabel('Limit in MB/s').press('Enter');
  await expect(rowOf(page, 1)).toContainText('at most 2.50 MB/s');
  await inspector.getByLabel('Limit in MB/s').fill('fast');
  await expect(inspector.getByText('Enter a number of megabytes a second')).toBeVisible();
  await rowOf(page, 1).focus();
  await page.keyboard.press('Shift+ArrowDown');
  const several = page.getByRole('complementary', { name: 'Selection' });
  await expect(several.getByRole('heading', { name: '2 downloads selected' })).toBeVisible();
  await several.getByRole('button', { name: 'High' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'High priority' })).toHaveCount(2);
  await several.getByRole('button', { name: 'In 1 hour' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'needed by' })).toHaveCount(2);
});

test('a deadline is green while it can be met and red when it cannot', async ({ page }) => {
  await door.client.settings.set({ traffic: atFullSpeed, parallelDownloads: 2 });
  const [safe, late] = await want(2);
  const { client } = door;
  await client.downloads.change({ ids: [safe?.id as never], neededByMs: Date.now() + 24 * 3_600_000 });
  await client.downloads.change({ ids: [late?.id as never], neededByMs: Date.now() + 1000 });
  await open(page, '/downloads');
  await expect(page.locator('.badge-ok', { hasText: 'in time' })).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('.badge-bad', { hasText: 'too late' })).toBeVisible({ timeout: 20_000 });
});

test('where a deadline cannot be met, a smaller file of the same story is offered and taken', async ({
  page,
}) => {
  const { client } = door;
  const details = await Promise.all(assets.map(({ id }) => client.catalogue.get({ id })));
  const sizes = (renditions: (typeof details)[number]['renditions']): number[] =>
    renditions.map(({ sizeBytes }) => sizeBytes ?? 0);
  const story = details.find(
    ({ renditions }) => Math.max(...sizes(renditions)) > 20 * Math.min(...sizes(renditions)),
  );
  const {
    downloads: [wanted],
  } = await client.downloads.add({ assetIds: story === undefined ? [] : [story.id], rendition: 'best' });
  // At this speed the large file takes minutes and the small one seconds, whatever else the machine does.
  await client.downloads.change({
    ids: [wanted?.id as never],
    maxRate: 200_000,
    neededByMs: Date.now() + 60_000,
  });
  await open(page, '/downloads');
  const offer = page.getByRole('button', { name: /^Take .+ instead$/ });
  await expect(offer).toBeVisible({ timeout: 20_000 });
  await offer.click();
  await expect(page.getByRole('row')).not.toContainText(wanted?.fileName ?? '');
  await expect(page.getByText('1 download done')).toBeVisible({ timeout: 30_000 });
});

test('what is complete leaves the list and stays on the disk', async ({ page }) => {
  await want(1, 'smallest');
  await open(page, '/downloads');
  await expect(page.getByText('1 download done')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('tab', { name: /^Done/ }).click();
  const done = page.getByRole('row');
  await expect(done).toHaveCount(1);
  await done.getByRole('button', { name: 'Hash verified' }).focus();
  await expect(page.getByRole('tooltip')).toContainText('Every byte is proven');
  const { downloads } = await door.client.downloads.list({ show: 'done' });
  await done.getByRole('button', { name: /^Remove from list/ }).click();
  await expect(page.getByText('1 download taken off the list')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'No finished downloads listed' })).toBeVisible();
  await access(downloads[0]?.path ?? 'nowhere');
});

test('what is here already is not fetched twice unless it is asked for', async ({ page }) => {
  const [first] = await want(1, 'smallest');
  await expect
    .poll(async () => (await door.client.downloads.list({ show: 'done' })).counts.done, { timeout: 30_000 })
    .toBe(1);
  const [asset] = assets;
  await open(page, `/asset/${asset?.id}`);
  await expect(page.getByRole('heading', { name: first?.title ?? '', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Download options' }).click();
  await page.getByLabel('File', { exact: true }).selectOption('smallest');
  await page.getByRole('dialog').getByRole('button', { name: 'Download best' }).click();
  const dialog = page.getByRole('dialog', { name: 'We have this already' });
  await expect(dialog).toContainText(door.downloads);
  await dialog.getByRole('button', { name: 'Keep what is here' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Download options' }).click();
  await page.getByLabel('File', { exact: true }).selectOption('smallest');
  await page.getByRole('dialog').getByRole('button', { name: 'Download best' }).click();
  await dialog.getByRole('button', { name: 'Download again' }).click();
  await expect(page.getByText('1 download added')).toBeVisible();
});

test('all are cancelled only after a question', async ({ page }) => {
  await door.client.settings.set({ traffic: onHold });
  await want(2);
  await open(page, '/downloads');
  await page.getByRole('button', { name: 'Cancel all' }).click();
  const question = page.getByRole('alertdialog', { name: 'Cancel all downloads?' });
  await question.getByRole('button', { name: 'Keep them' }).click();
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('button', { name: 'Cancel all' }).click();
  await question.getByRole('button', { name: 'Cancel downloads' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing is downloading' })).toBeVisible();
});

test('a thousand rows are walked to their end and selected together', async ({ page }) => {
  await door.client.settings.set({ traffic: onHold });
  const rows = 1000;
  for (let index = 0; index < rows; index++) {
    const name = `file-${String(index).padStart(4, '0')}.bin`;
    await door.client.downloads.addUrl({ url: `https://files.example/${name}`, name });
  }
  await open(page, '/downloads');
  const grid = page.getByRole('grid', { name: 'Downloads' });
  await expect(grid).toHaveAttribute('aria-rowcount', String(rows));
  await rowOf(page, 1).focus();
  await page.keyboard.press('End');
  await expect(rowOf(page, rows)).toContainText('file-0999.bin');
  await expect(rowOf(page, rows)).toBeFocused();
  // Only what is in sight is in the page.
  expect(await grid.getByRole('row').count()).toBeLessThan(60);
  await page.keyboard.press('Control+a');
  await expect(page.getByRole('heading', { name: '1,000 downloads selected' })).toBeVisible();
  await page.getByRole('complementary', { name: 'Selection' }).getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('region', { name: 'All downloads together' })).toContainText('1,000 paused');
});
