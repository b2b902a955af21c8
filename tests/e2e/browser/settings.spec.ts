import { expect, test, type Page } from '@playwright/test';
import { startPortal } from '../../support/portal.ts';
import { joinPortal, openCoreDoor, type CoreDoor } from './core-door.ts';

let portal: Awaited<ReturnType<typeof startPortal>>;
let door: CoreDoor;

test.beforeEach(async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  portal = await startPortal({ items: 6 });
  door = await openCoreDoor();
  await joinPortal(door, portal);
  await page.goto(door.url);
  await expect(page.getByRole('heading', { name: 'Catalogue', level: 1 })).toBeVisible();
});

test.afterEach(async () => {
  await Promise.allSettled([door.close(), portal.close()]);
});

async function openPart(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('navigation', { name: 'Parts of the settings' }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name, level: 2 })).toBeInViewport();
}

test('names are previewed as they are typed, and what is wrong is said beside the field', async ({
  page,
}) => {
  await openPart(page, 'Names and places');
  const folders = page.getByLabel('Folders below the download folder');
  const names = page.getByLabel('File name, without its extension');
  const preview = page.getByRole('list', { name: 'Preview' });
  await names.fill('');
  await page.getByRole('button', { name: '{day}', exact: true }).click();
  await expect(names).toHaveValue('{day}');
  await expect(names).toBeFocused();
  await names.pressSequentially(' {id}');
  await folders.fill('{year}/{source}');
  await expect(preview).toContainText(/20\d\d\/.+\/20\d\d-\d\d-\d\d \d+/);
  await names.fill('{day} {nonsense}');
  await expect(page.getByText('There is no token "nonsense"')).toBeVisible();
  await expect(names).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('button', { name: 'Save names' })).toBeDisabled();
  await names.fill('{day} {id}');
  await page.getByRole('button', { name: 'Save names' }).click();
  await expect(page.getByText('Settings saved')).toBeVisible();
  expect(await door.client.settings.get()).toMatchObject({
    folderTemplate: '{year}/{source}',
    nameTemplate: '{day} {id}',
  });
});

test('a schedule is taken over ready-made and changed window by window', async ({ page }) => {
  await openPart(page, 'Speed and schedule');
  await page.getByRole('button', { name: 'Nights only' }).click();
  const first = page.getByRole('group', { name: 'Window 1' });
  await expect(first.getByLabel('To (next day)')).toHaveValue('06:00');
  await first.getByRole('button', { name: 'Sunday' }).click();
  await expect(first.getByRole('button', { name: 'Sunday' })).toHaveAttribute('aria-pressed', 'false');
  await first.getByLabel('From').fill('23:30');
  await first.getByLabel('From').press('Enter');
  // A night that begins on Saturday ends on Sunday.
  await expect(page.getByText(/^Sunday: 00:00–06:00 Full speed, 06:00–24:00 Nothing runs$/)).toBeAttached();
  await expect
    .poll(async () => (await door.client.settings.get()).traffic)
    .toMatchObject({
      outside: null,
      windows: [{ days: [1, 2, 3, 4, 5, 6], from: '23:30', to: '06:00', profile: 'full' }],
    });
});

test('a test of the network says in words what works and what does not', async ({ page }) => {
  await openPart(page, 'Network');
  await page.getByLabel('Try an address').fill(portal.url);
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(page.getByText('This address can be reached.')).toBeVisible();
  await page.getByLabel('Proxy', { exact: true }).selectOption('manual');
  await page.getByLabel('Address of the proxy').fill('http://127.0.0.1:9');
  await page.getByLabel('Address of the proxy').press('Enter');
  await expect.poll(async () => (await door.client.settings.get()).proxy.url).toBe('http://127.0.0.1:9');
  await page.getByLabel('Try an address').fill('https://files.example/');
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(page.getByText('This address cannot be reached.')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Steps of the test' })).toContainText('127.0.0.1:9');
});

test('the password of the proxy is kept and never shown again', async ({ page }) => {
  await openPart(page, 'Network');
  const field = page.getByLabel('Password at the proxy', { exact: true });
  await field.fill('turnstile');
  await page.getByRole('button', { name: 'Keep password' }).click();
  await expect(page.getByText('Password kept, sealed')).toBeVisible();
  await expect(field).toHaveValue('');
  expect((await door.client.network.status({})).hasPassword).toBe(true);
  await page.getByRole('button', { name: 'Forget it' }).click();
  await expect(page.getByText('Password forgotten')).toBeVisible();
});
