import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type ElectronApplication } from '@playwright/test';
import { goodPassword, readCode, startPortal } from '../../support/portal.ts';
import { corePid, makeHome, removeHome, startDesktop } from './desktop-app.ts';

const fileName = '250908a-premier-tamrit-003.mxf';
const sourceTitle = /^Prime Minister of Tamrit visits Compact Headquarters \(B-ROLL\)/;
const email = 'producer@newsroom.example';

/** Whether the shell keeps the machine from sleeping; its blockers are numbered from nought or one. */
function isKeptAwake(app: ElectronApplication): Promise<boolean> {
  return app.evaluate(({ powerSaveBlocker }) =>
    Array.from({ length: 10 }, (_, id) => id).some((id) => powerSaveBlocker.isStarted(id)),
  );
}

test('in the window too: sign in, sync, download through a killed core, see, tag and find', async () => {
  test.setTimeout(180_000);
  const portal = await startPortal({ items: 6, throttleBytesPerSecond: 2_500_000 });
  const home = makeHome();
  const { app, page } = await startDesktop(home);
  try {
    await page.getByLabel('Address of the source').fill(portal.url);
    await page.getByRole('button', { name: 'Add source' }).click();
    await expect(page.getByRole('gridcell')).toHaveCount(6);

    await page.getByRole('link', { name: /Sign in$/ }).click();
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(goodPassword);
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByRole('timer').waitFor();
    await portal.mailsSettled();
    await page.getByRole('textbox', { name: 'Code' }).fill(await readCode(portal, email));
    await page.getByRole('button', { name: 'Confirm code' }).click();
    await page.getByRole('button', { name: 'Back to where you were' }).click();

    await page.getByRole('link', { name: 'Catalogue' }).click();
    await page.getByRole('gridcell', { name: sourceTitle }).dblclick();
    await page.getByRole('button', { name: `Download ${fileName}` }).click();
    await page.getByRole('link', { name: 'Downloads' }).click();
    const progress = page.getByRole('progressbar', { name: /^Progress of Prime/ });
    await expect
      .poll(async () => Number(await progress.getAttribute('aria-valuenow')), { intervals: [50] })
      .toBeGreaterThanOrEqual(30);
    await expect.poll(() => isKeptAwake(app)).toBe(true);
    // The shell starts the core again and gives the page a new port; the download goes on by itself.
    process.kill(corePid(app), 'SIGKILL');
    await page.getByRole('tab', { name: /^Done/ }).click();
    await expect(page.getByText('Hash verified')).toBeVisible({ timeout: 60_000 });
    await expect.poll(() => isKeptAwake(app)).toBe(false);
    const promised = await fetch(`${portal.url}/api/v1/assets/412003`).then((answer) => answer.text());
    const bytes = readFileSync(join(home, 'downloads', fileName));
    expect(promised).toContain(createHash('sha256').update(bytes).digest('hex'));

    await page.getByRole('link', { name: 'Open clip' }).click();
    const clip = page.getByRole('complementary', { name: 'Clip' });
    await expect(clip.getByRole('list', { name: 'State of the clip' })).toContainText(/Picture\s*: done/);
    await expect(clip.getByLabel('Day', { exact: true })).toHaveValue('8 Sep 2025');
    await clip.getByLabel('Tags', { exact: true }).fill('handshake');
    await clip.getByLabel('Tags', { exact: true }).press('Enter');
    await expect(clip.getByRole('button', { name: 'Remove tag handshake' })).toBeVisible();
    await page.getByRole('combobox', { name: 'Search everything' }).fill('handshake');
    await expect(page.getByRole('option', { name: sourceTitle }).first()).toBeVisible();
  } finally {
    await app.close();
    await portal.close();
    removeHome(home);
  }
});
