// Takes a picture of every screen, light and dark, of the real application on the demo portal, for docs/screens.
// Run by hand after the page was built: npm run screens
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { openCore } from '../../electron/hosts/open-core.ts';
import { serve } from '../../electron/hosts/serve/serve.ts';
import { goodPassword, readCode, startPortal } from '../support/portal.ts';
import type { AssetId } from '../../shared/contract/values.ts';
import { CHROMIUM_TEST_ARGS, chromiumExecutable } from '../../scripts/chromium.mjs';

const root = join(import.meta.dirname, '..', '..');
const out = join(root, 'docs', 'screens');
const email = 'editor@newsroom.example';

/** A schedule with something to see in it. */
const nightsAndGentleDays = {
  profiles: [
    { id: 'full', name: 'Full speed', bytesPerSecond: null },
    { id: 'playout', name: 'Never starve playout', bytesPerSecond: 2_500_000 },
  ],
  outside: 'full',
  windows: [
    { days: [1, 2, 3, 4, 5], from: '07:00', to: '19:00', profile: 'playout' },
    { days: [6, 0], from: '08:00', to: '20:00', profile: null },
  ],
};

const dir = await mkdtemp(join(tmpdir(), 'rushes-screens-'));
// The whole demo, at a rate that leaves downloads to be seen half way.
const portal = await startPortal({ throttleBytesPerSecond: 700_000 });
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const core = await openCore({
  home: join(dir, 'home'),
  door: 'browser',
  version: '0.1.0',
  log: quiet,
  downloadDir: join(dir, 'Footage'),
});
const served = await serve({ core, pageDir: join(root, 'out', 'renderer'), port: 0, log: quiet });
const found = chromiumExecutable();
if ('missing' in found) throw new Error(found.missing);
const browser = await chromium.launch({
  executablePath: found.path,
  args: [...CHROMIUM_TEST_ARGS],
  env: { ...process.env, ...found.env },
});
try {
  await mkdir(out, { recursive: true });
  await shootAll();
} finally {
  await browser.close();
  await served.close();
  await core.close();
  await portal.close();
  await rm(dir, { recursive: true, force: true });
}

async function shootAll(): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
  const page = await context.newPage();
  await page.goto(served.url);
  await page.getByRole('heading', { name: 'Welcome to Rushes' }).waitFor();
  await shoot(page, 'welcome');
  const { client } = core;
  const source = await client.sources.add({ url: portal.url });
  for await (const step of await client.catalogue.sync({ sourceId: source.id })) void step;
  const at = (path: string): Promise<unknown> => page.goto(`${new URL(page.url()).origin}/#${path}`);
  await at(`/account/${source.id}`);
  await shoot(page, 'sign-in');
  await at(`/account/${source.id}?view=register`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('Lantern');
  await shoot(page, 'register');
  await page.getByLabel('Password', { exact: true }).fill(goodPassword);
  await page.getByRole('button', { name: 'Register' }).click();
  await page.getByRole('timer').waitFor();
  await shoot(page, 'code');
  await portal.mailsSettled();
  await page.getByRole('textbox', { name: 'Code' }).fill(await readCode(portal, email));
  await page.getByRole('button', { name: 'Confirm code' }).click();
  await page.getByText('From now on you can download').waitFor();

  const { items } = await client.catalogue.list({ query: 'Tamrit', status: 'usable', limit: 6 });
  const smallest = await client.downloads.add({ assetIds: items.map(({ id }) => id), rendition: 'smallest' });
  await settled(smallest.downloads.map(({ id }) => id));
  const clips = await client.library.list({ limit: 10 });
  await client.tags.apply({
    clipIds: clips.items.map(({ id }) => id),
    add: ['headquarters', 'for air'],
    rating: 4,
  });
  // Enough to be seen half way, whatever the pictures before it take.
  const more = await client.catalogue.list({ status: 'usable', limit: 30 });
  const { downloads } = await client.downloads.add({
    assetIds: more.items.map(({ id }) => id),
    rendition: 'best',
  });
  const ids = downloads.map(({ id }) => id);
  await client.downloads.change({ ids: ids.slice(1, 2), neededByMs: Date.now() + 3 * 3_600_000 });
  await client.downloads.change({ ids: ids.slice(2, 4), priority: 'high' });
  await client.downloads.pause({ ids: ids.slice(4, 5) });

  await at('/catalogue');
  await page.getByRole('gridcell').nth(5).click();
  await shoot(page, 'catalogue');
  const kept = await client.savedSearches.save({ name: 'Tamrit', filter: { query: 'tamrit' } });
  await client.savedSearches.save({ name: 'At sea', filter: { query: 'sea OR naval' } });
  await at(`/catalogue?query=tamrit&saved=${kept.id}`);
  await page.getByRole('complementary', { name: 'Narrow the list' }).waitFor();
  await shoot(page, 'catalogue-search');
  await page.getByRole('button', { name: 'Download by itself…' }).click();
  await page.getByLabel('What it would take now').waitFor();
  await shoot(page, 'rule');
  await page.keyboard.press('Escape');
  const shots = await client.catalogue.list({ query: 'shotlist:wide', limit: 1 });
  await at(`/asset/${shots.items[0]?.id}?at=wide`);
  await shoot(page, 'asset');
  await at('/downloads');
  await page.getByRole('row').first().click();
  await shoot(page, 'downloads');
  await at('/downloads?tab=done');
  await page.getByRole('row').first().click();
  await shoot(page, 'downloads-done');
  await at('/library');
  await page.getByRole('gridcell').first().click();
  await shoot(page, 'library');
  await sayMore(items.map(({ id }) => id));
  await at('/notices');
  await page.getByRole('article').nth(1).waitFor();
  await shoot(page, 'notices');
  await at('/events');
  await shoot(page, 'events');
  await at(`/event/${clips.items[0]?.eventId}`);
  await shoot(page, 'event');
  await at('/search?q=Tamrit');
  await shoot(page, 'search');
  await at('/settings');
  await shoot(page, 'settings');
  await client.settings.set({ traffic: nightsAndGentleDays });
  for (const part of ['names', 'traffic', 'network', 'sources']) {
    await at(`/settings?section=${part}`);
    await shoot(page, `settings-${part}`);
  }
  await page.setViewportSize({ width: 420, height: 800 });
  await at('/catalogue');
  await shoot(page, 'catalogue-narrow');
}

/** The portal withdraws one of what is held, and says more of the rights of another. */
async function sayMore([withdrawn, restricted]: readonly AssetId[]): Promise<void> {
  const { client } = core;
  if (!withdrawn || !restricted) throw new Error('Nothing is held.');
  const gone = await client.catalogue.get({ id: withdrawn });
  const { externalId, rights } = await client.catalogue.get({ id: restricted });
  portal.withdrawAsset(gone.externalId);
  portal.touchAsset(externalId, {
    rights: {
      usageText: rights.usageText ?? '',
      creditLine: rights.creditLine ?? '',
      editorialOnly: true,
      thirdParty: 'The music must be cleared with its owner.',
      territories: null,
    },
  });
  for await (const step of await client.catalogue.sync({ sourceId: gone.sourceId })) void step;
}

async function shoot(page: Page, name: string): Promise<void> {
  // What the pointer or a message happens to touch is not part of the screen.
  await page.mouse.move(600, (page.viewportSize()?.height ?? 0) - 4);
  for (const message of await page.getByRole('button', { name: 'Close message' }).all())
    await message.click();
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(800);
    // A third of the size of a PNG: these pictures are made anew whenever a screen changes.
    await page.screenshot({
      path: join(out, `${name}-${colorScheme}.jpg`),
      type: 'jpeg',
      quality: 85,
      scale: 'css',
    });
  }
}

async function settled(ids: readonly string[]): Promise<void> {
  for (let round = 0; round < 200; round++) {
    const { downloads } = await core.client.downloads.list({});
    const { jobs } = await core.client.system.jobs();
    const open = downloads.filter(({ id, state }) => ids.includes(id) && state !== 'complete');
    if (open.length === 0 && jobs.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the downloads did not end');
}
