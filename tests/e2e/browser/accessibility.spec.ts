import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { startPortal } from '../../support/portal.ts';
import { openBrowserDoor, type BrowserDoor } from './browser-door.ts';
import { openCoreDoor } from './core-door.ts';

let portal: Awaited<ReturnType<typeof startPortal>>;
let door: BrowserDoor;

test.beforeEach(async () => {
  test.setTimeout(120_000);
  portal = await startPortal({ items: 6 });
  door = await openBrowserDoor();
});

test.afterEach(async () => {
  await Promise.allSettled([door.close(), portal.close()]);
});

async function violations(page: Page): Promise<string[]> {
  // The policy of the page forbids the inline script that axe would otherwise be put in by, so it is evaluated.
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

test('no screen breaks a rule of accessibility, dark or light, and none is refused anything by its policy', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|violates/i.test(message.text())) refused.push(message.text());
  });
  const look = async (what: string): Promise<void> => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // A colour on its way from one theme to the other, and a button that is about to be enabled, pass within a moment.
      await expect(async () => {
        expect(await violations(page), `${what}, ${colorScheme}`).toEqual([]);
      }).toPass({ timeout: 10_000 });
    }
  };
  await page.goto(await door.start());
  await page.getByLabel('Address of the source').waitFor();
  await look('welcome');
  await page.getByLabel('Address of the source').fill(portal.url);
  await page.getByRole('button', { name: 'Add source' }).click();
  await expect(page.getByRole('gridcell')).toHaveCount(6);
  await look('catalogue as cards');
  await page.getByRole('button', { name: 'Show as table' }).click();
  await look('catalogue as table');
  await page.getByRole('button', { name: 'Show as cards' }).click();
  await page.getByRole('gridcell').nth(1).press('Enter');
  await expect(page.getByRole('region', { name: 'Rights' })).toBeVisible();
  await look('asset');
  for (const [link, heading] of [
    ['Events', 'Events'],
    ['Downloads', 'Downloads'],
    ['Library', 'Library'],
    ['Notices', 'Notices'],
    ['Settings', 'Settings'],
  ] as const) {
    await page.getByRole('link', { name: link }).click();
    await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
    await look(heading);
  }
  await page.getByRole('link', { name: /Sign in$/ }).click();
  await look('sign in');
  await page.getByRole('button', { name: 'Register' }).click();
  await look('register');
  await page.getByRole('button', { name: 'I have an account' }).click();
  await page.getByRole('button', { name: 'Forgotten password' }).click();
  await look('forgotten password');
  expect(refused).toEqual([]);
});

test('a list of downloads breaks no rule of accessibility, with its inspector, its menus and its dialogs', async ({
  page,
}) => {
  const { client, url, close } = await openCoreDoor();
  try {
    const profiles = [{ id: 'full', name: 'Full speed', bytesPerSecond: null }];
    await client.settings.set({ traffic: { profiles, outside: null, windows: [] } });
    for (const name of ['arrival.mxf', 'council.mov', 'motorcade.mp4'])
      await client.downloads.addUrl({
        url: `https://files.example/${name}`,
        name,
        priority: 'high',
        neededByMs: Date.now() + 3_600_000,
      });
    await page.goto(url);
    await page.getByRole('link', { name: 'Downloads' }).click();
    await page.getByRole('row').first().click();
    await expect(page.getByRole('complementary', { name: 'Download' })).toBeVisible();
    await page.setViewportSize({ width: 1024, height: 640 });
    const look = async (what: string): Promise<void> => {
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await expect(async () => {
          expect(await violations(page), `${what}, ${colorScheme}`).toEqual([]);
        }).toPass({ timeout: 10_000 });
      }
    };
    await look('downloads');
    await page.getByRole('button', { name: 'More for arrival' }).first().click();
    await expect(page.getByRole('menuitem', { name: 'Low priority' })).toBeVisible();
    await look('menu of a download');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Cancel all' }).click();
    await look('question before cancelling');
    await page.keyboard.press('Escape');
    for (const part of ['Names and places', 'Speed and schedule', 'Network']) {
      await page.getByRole('link', { name: 'Settings', exact: true }).click();
      await page.setViewportSize({ width: 1280, height: 800 });
      await page
        .getByRole('navigation', { name: 'Parts of the settings' })
        .getByRole('link', { name: part })
        .click();
      await look(part);
    }
  } finally {
    await close();
  }
});

test('the catalogue is walked and a download chosen by keys alone', async ({ page }) => {
  await page.goto(await door.start());
  await page.getByLabel('Address of the source').fill(portal.url);
  await page.getByLabel('Address of the source').press('Enter');
  await expect(page.getByRole('gridcell')).toHaveCount(6);
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'Search everything' })).toBeFocused();
  await page.getByRole('gridcell').first().focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('gridcell').last()).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('gridcell').nth(1)).toBeFocused();
  await expect(page.getByRole('gridcell').nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press(' ');
  await expect(page.getByRole('gridcell').nth(1)).toHaveAttribute('aria-selected', 'false');
  await page.keyboard.press(' ');
  await page.keyboard.press('d');
  // Nobody is signed in, so the wish leads there first.
  await expect(page.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible();
});
