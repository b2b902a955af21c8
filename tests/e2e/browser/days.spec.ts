import { expect, test } from '@playwright/test';
import { openCoreDoor, type CoreDoor } from './core-door.ts';

test.use({ locale: 'en-US' });

let door: CoreDoor;

test.beforeEach(async ({ page }) => {
  door = await openCoreDoor();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(door.url);
});

test.afterEach(async () => {
  await door.close();
});

test('a day is shown and typed day before month, in an American browser too', async ({ page }) => {
  await page.goto(`${new URL(page.url()).origin}/#/library?from=2026-11-22`);
  const from = page.getByLabel('From', { exact: true });
  await expect(from).toHaveValue('22 Nov 2026');
  await from.fill('3/4/2025');
  await from.press('Enter');
  await expect(from).toHaveValue('3 Apr 2025');
  await expect(page).toHaveURL(/from=(%22)?2025-04-03/);
  await from.fill('31 Feb 2025');
  await from.press('Enter');
  await expect(page.getByText('Enter a day such as 22 Nov 2026 or 22/11/2026.')).toBeVisible();
  await expect(page).toHaveURL(/from=(%22)?2025-04-03/);
  await from.fill('');
  await from.press('Tab');
  await expect(page).not.toHaveURL(/from=/);
});

test('an event is not saved with a day that nobody understands', async ({ page }) => {
  await page.goto(`${new URL(page.url()).origin}/#/events`);
  await page.getByRole('button', { name: 'New event' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Title').fill('Summit');
  await dialog.getByLabel('First day', { exact: true }).fill('soon');
  await dialog.getByRole('button', { name: 'Create event' }).click();
  await expect(dialog.getByText('Enter a day such as')).toBeVisible();
  await dialog.getByLabel('First day', { exact: true }).fill('1 July 2026');
  await dialog.getByRole('button', { name: 'Create event' }).click();
  await expect(dialog).toBeHidden();
  const { events } = await door.client.events.list({});
  expect(events).toMatchObject([{ title: 'Summit', firstDay: '2026-07-01' }]);
});
