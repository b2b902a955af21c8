import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { goodPassword, readCode, startPortal } from '../../support/portal.ts';
import { openBrowserDoor, type BrowserDoor } from './browser-door.ts';

/** The 50 Mb/s MXF of the demo: big enough to be killed half way. */
const title = 'Prime Minister of Tamrit visits Compact Headquarters (B-ROLL)';
const fileName = '250908a-premier-tamrit-003.mxf';
const email = 'editor@newsroom.example';
/** Pieces of a file of this size, and the connections that the settings are put to. */
const pieceBytes = 4 * 1024 * 1024;
const connections = 1;

let portal: Awaited<ReturnType<typeof startPortal>>;
let door: BrowserDoor;
let context: BrowserContext;
let page: Page;
let sentBytes = 0;

// One way through the house, step by step: each test goes on where the one before stopped.
test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  portal = await startPortal({
    items: 6,
    throttleBytesPerSecond: 4_000_000,
    onRequest: ({ path, bytesSent }) => {
      if (path.startsWith('/files/')) sentBytes += bytesSent;
    },
  });
  door = await openBrowserDoor();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
});

test.afterAll(async () => {
  // Each is ended whatever becomes of the others: a core that is left running would outlive the tests.
  await Promise.allSettled([context.close(), door.close(), portal.close()]);
});

test('a first start welcomes, and a source is added by its address', async () => {
  await page.goto(await door.start());
  await expect(page.getByRole('heading', { name: 'Welcome to Rushes' })).toBeVisible();
  await page.getByLabel('Address of the source').fill(portal.url);
  await page.getByRole('button', { name: 'Add source' }).click();
  await expect(page.getByRole('heading', { name: 'Catalogue', level: 1 })).toBeVisible();
});

test('an account is registered with the code from the mail', async () => {
  await page.getByRole('link', { name: /Sign in$/ }).click();
  await page.getByRole('button', { name: 'Register' }).click();
  await page.getByLabel('E-mail').fill('änne@newsroom.example');
  await page.getByLabel('Password', { exact: true }).fill(goodPassword);
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(
    page.getByText('"änne@newsroom.example" is not an e-mail address that can be used here.'),
  ).toBeVisible();
  await expect(page.getByLabel('E-mail')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByText('At least 12 characters')).toContainText('not yet');
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
  await page.getByLabel('Password', { exact: true }).fill(goodPassword);
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByRole('timer')).toContainText(/The code is valid for (30:00|29:\d\d) more/);
  await portal.mailsSettled();
  const code = await readCode(portal, email);
  await page.getByRole('textbox', { name: 'Code' }).fill(code === '000000' ? '000001' : '000000');
  await page.getByRole('button', { name: 'Confirm code' }).click();
  await expect(page.getByRole('textbox', { name: 'Code' })).toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('textbox', { name: 'Code' }).fill(code);
  await page.getByRole('button', { name: 'Confirm code' }).click();
  await expect(page.getByText('From now on you can download')).toBeVisible();
  await page.getByRole('button', { name: 'Back to where you were' }).click();
  await expect(page.getByRole('link', { name: new RegExp(email) })).toBeVisible();
});

test('the catalogue is synced and searched', async () => {
  await page.getByRole('link', { name: 'Catalogue' }).click();
  // A source that was just added is read without being asked.
  await expect(page.getByRole('gridcell')).toHaveCount(6);
  portal.touchAsset('412001', { keywords: ['retaken'] });
  await page.getByRole('button', { name: 'Sync now' }).click();
  await expect(page.getByText('Catalogue is up to date: 0 new assets, 1 updated')).toBeVisible();
  await page.getByRole('combobox', { name: 'Filter the catalogue' }).fill('motorcade');
  // The word stands in the shotlist of this one story, in both of its versions.
  await expect(page.getByRole('gridcell')).toHaveCount(2);
  await expect(page.getByRole('gridcell', { name: /^Prime Minister of Tamrit visits/ })).toHaveCount(2);
});

test('the number of connections is a setting', async () => {
  await page.getByRole('link', { name: 'Settings' }).click();
  const field = page.getByLabel(/^Connections/);
  await field.selectOption(String(connections));
  await expect(page.getByText(/saved/i).first()).toBeVisible();
  await page.reload();
  await expect(field).toHaveValue(String(connections));
});

test('a download killed half way completes after a restart and fetches at most one piece twice', async () => {
  test.setTimeout(90_000);
  await page.goto(`${new URL(page.url()).origin}/#/catalogue`);
  await page.getByRole('gridcell', { name: new RegExp(escape(title)) }).dblclick();
  await page.getByRole('button', { name: `Download ${fileName}` }).click();
  await page.getByRole('link', { name: 'Downloads' }).click();
  const progress = page.getByRole('progressbar', { name: `Progress of ${title}` });
  await expect
    .poll(async () => Number(await progress.getAttribute('aria-valuenow')), {
      intervals: [50],
      timeout: 30_000,
    })
    .toBeGreaterThanOrEqual(50);
  await door.kill();
  await expect(page.getByText(/Rushes does not answer/i)).toBeVisible();
  expect(await finishedFiles()).toEqual([]);

  await page.goto(await door.start());
  await page.getByRole('link', { name: 'Downloads' }).click();
  await page.getByRole('tab', { name: /^Done/ }).click();
  await expect(page.getByText('Hash verified')).toBeVisible({ timeout: 30_000 });
  const bytes = await readFile(join(door.downloads, fileName));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(await promisedHash());
  expect(await finishedFiles()).toEqual([fileName]);
  expect(sentBytes - bytes.length).toBeLessThanOrEqual(pieceBytes * connections);
});

test('the clip has a poster and a filmstrip, and its event and day with the evidence', async () => {
  await page.getByRole('link', { name: 'Open clip' }).click();
  const clip = page.getByRole('complementary', { name: 'Clip' });
  await expect(clip.getByRole('list', { name: 'State of the clip' })).toContainText(/Picture\s*: done/);
  const card = page.getByRole('gridcell', { name: new RegExp(escape(title)) });
  await card.hover();
  await expect.poll(() => loadedPictures(page)).toEqual(['poster', 'strip']);
  await expect(clip.getByRole('combobox', { name: 'Event' })).toHaveValue(/Tamrit/);
  await expect(clip.getByLabel('Day', { exact: true })).toHaveValue('8 Sep 2025');
  await expect(clip.getByText('Filled by itself')).toBeVisible();
});

test('tags, event and day are set, undone, and found by search', async () => {
  const clip = page.getByRole('complementary', { name: 'Clip' });
  await clip.getByLabel('Tags', { exact: true }).fill('handshake');
  await clip.getByLabel('Tags', { exact: true }).press('Enter');
  await expect(clip.getByRole('button', { name: 'Remove tag handshake' })).toBeVisible();
  await clip.getByLabel('Day', { exact: true }).fill('9/9/2025');
  await clip.getByLabel('Day', { exact: true }).press('Tab');
  await expect(page.getByRole('gridcell', { name: /9 Sep 2025/ })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(page.getByRole('gridcell', { name: /8 Sep 2025/ })).toBeVisible();
  const filter = page.getByRole('searchbox', { name: 'Filter the library' });
  await filter.fill('nowhere');
  await expect(page.getByRole('gridcell')).toHaveCount(0);
  await filter.fill('handshake');
  await expect(page.getByRole('gridcell')).toHaveCount(1);
  await page.getByRole('combobox', { name: 'Search everything' }).fill('handshake');
  await expect(page.getByRole('option', { name: new RegExp(escape(title)) }).first()).toBeVisible();
});

test('without its catalogue database nothing that the user made is lost', async () => {
  await door.kill();
  for (const suffix of ['', '-wal', '-shm'])
    await rm(join(door.home, `catalogue.db${suffix}`), { force: true });
  await page.goto(await door.start());
  await page.goto(`${new URL(page.url()).origin}/#/catalogue`);
  await page.getByRole('gridcell', { name: new RegExp(escape(title)) }).click();
  // The asset has the same id as before, so it knows its clip.
  await page
    .getByRole('complementary', { name: 'Asset' })
    .getByRole('link', { name: /clip|library/i })
    .click();
  const clip = page.getByRole('complementary', { name: 'Clip' });
  await expect(clip.getByRole('button', { name: 'Remove tag handshake' })).toBeVisible();
  await expect(clip.getByLabel('Day', { exact: true })).toHaveValue('8 Sep 2025');
  await expect(clip.getByRole('combobox', { name: 'Event' })).toHaveValue(/Tamrit/);
  await page.getByRole('link', { name: 'Downloads' }).click();
  await page.getByRole('tab', { name: /^Done/ }).click();
  await expect(page.getByText('Hash verified')).toBeVisible();
});

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Kinds of clip pictures that the page has fetched, each once. */
async function loadedPictures(from: Page): Promise<string[]> {
  const names = await from.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const kinds = names
    .map((name) => /\/media\/(poster|strip)\//.exec(name)?.[1])
    .filter((kind) => kind !== undefined);
  return [...new Set(kinds)].sort();
}

/** Files under their final names; what is under way ends in .part, and what tells of a file is beside it. */
async function finishedFiles(): Promise<string[]> {
  return (await readdir(door.downloads)).filter((name) => !/\.(part|rushes\.json)$/.test(name));
}

async function promisedHash(): Promise<string> {
  const answer = await fetch(`${portal.url}/api/v1/assets/412003`);
  const asset = (await answer.json()) as { renditions: { fileName: string; sha256: string }[] };
  return asset.renditions.find((one) => one.fileName === fileName)?.sha256 ?? 'none';
}
