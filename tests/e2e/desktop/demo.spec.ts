import { expect, test } from '@playwright/test';
import { makeHome, removeHome, startDesktop } from './desktop-app.ts';

test('with --demo a portal runs beside the core, becomes a source, and ends with the application', async () => {
  test.setTimeout(300_000); // its clips are made at the first start
  const home = makeHome();
  const { app, page } = await startDesktop(home, ['--demo']);
  try {
    await page.evaluate(() => (location.hash = '/catalogue'));
    await expect(page.getByRole('gridcell').first()).toBeVisible({ timeout: 270_000 });
  } finally {
    await app.close();
    removeHome(home);
  }
});
