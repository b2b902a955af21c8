import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { startPortal } from '../../support/portal.ts';
import { joinPortal, openCoreDoor, type CoreDoor } from './core-door.ts';

let portal: Awaited<ReturnType<typeof startPortal>>;
let door: CoreDoor;

test.beforeEach(async ({ page }) => {
  test.setTimeout(120_000);
  portal = await startPortal({ items: 300 });
  door = await openCoreDoor();
  await joinPortal(door, portal);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(door.url);
});

test.afterEach(async () => {
  await Promise.allSettled([door.close(), portal.close()]);
});

/** Rules of accessibility that the page breaks as it is now. */
async function broken(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

const at = (page: Page, path: string): Promise<unknown> =>
  page.goto(`${new URL(page.url()).origin}/#${path}`);

test('counts of what was found narrow the list, and again give it back', async ({ page }) => {
  await at(page, '/catalogue?query=report');
  const narrow = page.getByRole('complementary', { name: 'Narrow the list' });
  const country = narrow.getByRole('region', { name: 'Month' }).getByRole('button').first();
  const count = Number((await country.locator('.number').textContent())?.replace(/\D/g, ''));
  expect(count).toBeGreaterThan(0);
  await country.click();
  await expect(country).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('contentinfo').getByText(`${count} asset`)).toBeVisible();
  await country.click();
  await expect(country).toHaveAttribute('aria-pressed', 'false');
});

test('a search is kept with its count, and its rule shows what it would take before it is on', async ({
  page,
}) => {
  await at(page, '/catalogue?query=harbour');
  await page.getByRole('button', { name: 'Save search' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Harbours');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  const kept = page
    .getByRole('list', { name: 'Saved searches' })
    .getByRole('link', { name: /^Harbours: \d+/ });
  await expect(kept).toBeVisible();
  const { searches } = await door.client.savedSearches.list();
  expect(searches).toMatchObject([{ name: 'Harbours', filter: { query: 'harbour' } }]);
  expect(searches[0]?.total).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Download by itself…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('What it would take now')).toContainText(/\d+ files?, [\d.]+ [kMG]B/);
  await expect.poll(() => broken(page)).toEqual([]);
  await dialog.getByLabel('Most files in 24 hours').fill('1');
  await expect(dialog.getByLabel('What it would take now')).toContainText(/it would take 1 file,/);
  await dialog.getByLabel('File', { exact: true }).selectOption('smallest');
  await dialog.getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByRole('button', { name: 'Downloads by itself' })).toBeVisible();
  await door.client.rules.run();
  await expect
    .poll(async () => (await door.client.downloads.list({})).downloads.length, { timeout: 20_000 })
    .toBe(1);
});

test('the board shows what is not downloaded yet', async ({ page }) => {
  const { items } = await door.client.catalogue.list({ status: 'usable', limit: 1 });
  await door.client.downloads.add({ assetIds: items.map(({ id }) => id), rendition: 'smallest' });
  await at(page, '/catalogue');
  await page.getByRole('button', { name: 'Not downloaded yet' }).click();
  const all = await door.client.catalogue.list({ status: 'usable', limit: 1 });
  await expect(page.getByRole('contentinfo').getByText(`${all.total - 1} assets`)).toBeVisible();
});

test('a hit in a shotlist opens at its line, with its offset into the clip', async ({ page }) => {
  await at(page, '/catalogue?query=shotlist%3Awide');
  await page.getByRole('gridcell').first().dblclick();
  const marked = page.locator('.shot-marked').first();
  await expect(marked).toBeVisible();
  await expect(marked).toContainText(/wide/i);
  await expect(marked.locator('.shot-time')).toHaveText(/^\d+:\d\d$/);
});

test('a name is completed by keyboard and by pointer, and the list narrows as if it had been typed', async ({
  page,
}) => {
  await at(page, '/catalogue');
  const { items } = await door.client.catalogue.suggest({ field: 'person', text: 'vash', limit: 1 });
  const [person] = items;
  if (!person) throw new Error('The portal names nobody.');
  // Of fewer than a page all are counted, whatever else the core is doing.
  expect(person.count).toBeLessThan(200);
  const field = page.getByRole('combobox', { name: 'Filter the catalogue' });
  const list = page.getByRole('listbox', { name: 'Completions' });

  await field.pressSequentially('-nothing per');
  await expect(field).toHaveAttribute('aria-expanded', 'true');
  await expect(list.getByRole('option')).toHaveText([/^person/]);
  await expect.poll(() => broken(page)).toEqual([]);
  await field.press('ArrowDown');
  await expect(list.getByRole('option', { selected: true })).toHaveText(/^person/);
  await field.press('Tab');
  await expect(field).toHaveValue('-nothing person:');
  await expect(field).toBeFocused();

  await field.pressSequentially('vash');
  const option = list.getByRole('option', { name: person.value });
  await expect(option).toContainText('assets');
  await field.press('ArrowDown');
  const chosen = await field.getAttribute('aria-activedescendant');
  await expect(option).toHaveAttribute('id', chosen ?? '');
  await field.press('Enter');
  await expect(field).toHaveValue(`-nothing person:"${person.value}" `);
  await expect(list).toBeHidden();
  await expect(page.getByRole('contentinfo').getByText(`${person.count} assets`)).toBeVisible();

  await field.fill('harbour');
  await field.press('Home');
  await field.pressSequentially('status:with ');
  await field.press('ArrowLeft');
  await list.getByRole('option', { name: 'withheld' }).click();
  await expect(field).toHaveValue('status:withheld harbour');
  await expect(field).toBeFocused();
  const caret = await field.evaluate((input: HTMLInputElement) => input.selectionStart);
  expect(caret).toBe('status:withheld '.length);
});

test('whoever types a filter keeps the focus when a list comes that was seen before', async ({ page }) => {
  await at(page, '/catalogue');
  const cells = page.getByRole('gridcell');
  await expect(cells.first()).toBeVisible();
  const field = page.getByRole('combobox', { name: 'Filter the catalogue' });
  await field.pressSequentially('zzz');
  await expect(cells).toHaveCount(0);
  await field.fill('');
  await expect(cells.first()).toBeVisible();
  // To wherever the focus is now: the list has it when it takes it.
  await page.keyboard.type('su');
  await expect(field).toHaveValue('su');
  await expect(field).toBeFocused();
});

test('on a slow machine what is typed within a filter stays in its place, letter by letter', async ({
  page,
}) => {
  await at(page, '/catalogue');
  const field = page.getByRole('combobox', { name: 'Filter the catalogue' });
  await field.fill('harbour');
  await expect(page).toHaveURL(/query=harbour/);
  await field.press('Home');
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  // About as slow as the field reports, so that letters come while a report is under way.
  await page.keyboard.type('-rehearsal -night ', { delay: 170 });
  await expect(field).toHaveValue('-rehearsal -night harbour');
  await expect(page).toHaveURL(/query=-rehearsal(%20|\+)-night(%20|\+)harbour/);
  await expect(field).toHaveValue('-rehearsal -night harbour');
});

test('Escape closes completions and keeps the words, and Enter takes nothing that was not chosen', async ({
  page,
}) => {
  await at(page, '/catalogue');
  const field = page.getByRole('combobox', { name: 'Filter the catalogue' });
  const list = page.getByRole('listbox', { name: 'Completions' });
  await field.pressSequentially('has:s');
  await expect(list.getByRole('option')).toHaveText([/^shotlist/, /^synopsis/]);
  await field.press('Escape');
  await expect(list).toBeHidden();
  await expect(field).toHaveValue('has:s');
  await field.press('ArrowDown');
  await expect(list).toBeVisible();
  await field.press('ArrowDown');
  await field.press('ArrowUp');
  await expect(list.getByRole('option', { selected: true })).toHaveCount(0);
  await field.press('Enter');
  await expect(list).toBeHidden();
  await expect(field).toHaveValue('has:s');
});

test('the field for everything completes above its hits, and a resting pointer chooses nothing', async ({
  page,
}) => {
  const field = page.getByRole('combobox', { name: 'Search everything' });
  const list = page.getByRole('listbox', { name: 'Suggestions' });
  await field.focus();
  const box = await field.boundingBox();
  // Where the first completion is going to be.
  await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 75);
  await field.pressSequentially('sum');
  await expect(list.getByRole('group', { name: 'Catalogue' })).toBeVisible();
  await field.fill('summit per');
  await expect(list.getByRole('group').first()).toHaveAttribute('aria-label', 'Search in');
  await expect(list.getByRole('option', { selected: true })).toHaveCount(0);
  await expect.poll(() => broken(page)).toEqual([]);
  await list.getByRole('option', { name: 'person' }).click();
  await expect(field).toHaveValue('summit person:');
  await field.pressSequentially('vash');
  await expect(list.getByRole('group', { name: /^People/ }).getByRole('option')).toHaveCount(1);
  await field.press('Enter');
  await expect(page).toHaveURL(/\/search\?q=summit(%20|\+)person%3Avash/);
});

test('whoever holds what the source withdraws is told, and the file stays', async ({ page }) => {
  const { items } = await door.client.catalogue.list({ status: 'usable', limit: 1 });
  const [asset] = items;
  if (!asset) throw new Error('The portal offers nothing.');
  await door.client.downloads.add({ assetIds: [asset.id], rendition: 'smallest' });
  await expect
    .poll(async () => (await door.client.library.list({ limit: 1 })).total, { timeout: 60_000 })
    .toBe(1);
  const { externalId, sourceId } = await door.client.catalogue.get({ id: asset.id });
  portal.withdrawAsset(externalId);
  for await (const _ of await door.client.catalogue.sync({ sourceId }));
  await page.getByRole('link', { name: 'Notices' }).click();
  const notice = page.getByRole('article', { name: /Withdrawn/ });
  await expect(notice).toContainText(asset.title);
  await expect(notice.locator('.notice-path')).toHaveCount(1);
  await expect.poll(() => broken(page)).toEqual([]);
  await notice.getByRole('button', { name: 'Seen' }).click();
  await expect(page.getByText('Nothing to look at')).toBeVisible();
  const { items: clips } = await door.client.library.list({ limit: 1 });
  expect(clips[0]?.missing).toBe(false);
});

test('a feed is added by its address, and says how it was recognised', async ({ page }) => {
  const feed = await serveFeed();
  try {
    await at(page, '/settings?section=sources');
    await page
      .getByLabel('Address of the source')
      .fill(`http://127.0.0.1:${(feed.address() as AddressInfo).port}/feed`);
    await page.getByRole('button', { name: 'Add source' }).click();
    await expect(page.getByText(/Harbour desk added\..*feed/i)).toBeVisible();
    await page.getByRole('button', { name: 'Read Harbour desk now' }).click();
    await expect
      .poll(async () => (await door.client.sources.list()).sources.map(({ assets }) => assets).at(-1))
      .toBe(1);
    await expect(page.getByText(/last read/).last()).toBeVisible();
    await expect.poll(() => broken(page)).toEqual([]);
  } finally {
    feed.closeAllConnections();
    feed.close();
  }
});

async function serveFeed(): Promise<Server> {
  const xml = `<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>
    <title>Harbour desk</title><item><title>Ferry leaves</title><guid>urn:desk:1</guid>
    <pubDate>Mon, 08 Sep 2025 10:00:00 GMT</pubDate>
    <media:content url="https://files.example/ferry.mp4" type="video/mp4" medium="video"/></item></channel></rss>`;
  const server = createServer((request, response) => {
    if (request.url !== '/feed') response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(xml);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
