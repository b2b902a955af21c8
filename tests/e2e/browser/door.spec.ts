import { expect, test } from '@playwright/test';
import { openCoreDoor, type CoreDoor } from './core-door.ts';

let door: CoreDoor;

test.beforeEach(async () => {
  door = await openCoreDoor();
});

test.afterEach(async () => {
  await door.close();
});

test('a browser that was closed is told how to get in again, and gets in by a new address', async ({
  browser,
}) => {
  const first = await browser.newContext();
  const page = await first.newPage();
  await page.goto(door.url);
  await expect(page.getByRole('heading', { name: 'Welcome to Rushes' })).toBeVisible();
  await first.close();
  const second = await browser.newContext();
  const again = await second.newPage();
  expect((await again.goto(door.url))?.status()).toBe(403);
  await expect(again.getByRole('heading', { name: 'This browser has no session with Rushes' })).toBeVisible();
  await expect(again.locator('body')).not.toContainText('rushes serve');
  // Its own style is let through by the policy.
  expect(await again.locator('body').evaluate((body) => getComputedStyle(body).display)).toBe('grid');
  await again.goto(door.newUrl());
  await expect(again.getByRole('heading', { name: 'Welcome to Rushes' })).toBeVisible();
  await second.close();
});
