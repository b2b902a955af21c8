import { expect, test, type Page } from '@playwright/test';
import type { Traffic } from '../../../shared/contract/system.ts';
import { openCoreDoor, type CoreDoor } from './core-door.ts';

const onHold: Traffic = {
  profiles: [{ id: 'full', name: 'Full speed', bytesPerSecond: null }],
  outside: null,
  windows: [],
};
const addresses = ['https://files.example/one.mxf', 'https://files.example/two.mxf'];

let door: CoreDoor;

test.beforeEach(async ({ page, context }) => {
  door = await openCoreDoor();
  await door.client.settings.set({ traffic: onHold });
  await page.goto(door.url);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${new URL(page.url()).origin}/#/downloads`);
  await expect(page.getByRole('heading', { name: 'Downloads', level: 1 })).toBeVisible();
});

test.afterEach(async () => {
  await door.close();
});

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('ControlOrMeta+v');
}

/** Drags something in from outside of the page, as another window does. */
async function dragIn(page: Page, kind: 'dragover' | 'drop', text: string): Promise<void> {
  await page.evaluate(
    ([type, carried]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData('text/uri-list', carried);
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    },
    [kind, text] as const,
  );
}

test('addresses that are pasted anywhere are added after a look at them', async ({ page }) => {
  await paste(page, `${addresses.join('\n')}\nnot an address`);
  const dialog = page.getByRole('dialog', { name: 'Add downloads by address' });
  await expect(dialog.getByLabel('Addresses of 2 files')).toHaveValue(addresses.join('\n'));
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('2 downloads added')).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(2);
});

test('a text that holds no address, and a paste into a field, add nothing', async ({ page }) => {
  await paste(page, 'The closing statement');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('/');
  await paste(page, addresses[0] ?? '');
  await expect(page.getByRole('combobox').first()).toHaveValue(addresses[0] ?? '');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('addresses are dropped on a place that shows itself', async ({ page }) => {
  const zone = page.getByText('Drop addresses to download them');
  await expect(zone).toBeHidden();
  await dragIn(page, 'dragover', addresses[0] ?? '');
  await expect(zone).toBeVisible();
  await dragIn(page, 'drop', `# from a browser\r\n${addresses[0]}\r\n`);
  await expect(zone).toBeHidden();
  const dialog = page.getByRole('dialog', { name: 'Add downloads by address' });
  await expect(dialog.getByLabel('Address of the file')).toHaveValue(addresses[0] ?? '');
  await dialog.getByRole('button', { name: 'Download', exact: true }).click();
  await expect(page.getByText('one.mxf added')).toBeVisible();
});

test('what is refused stays in the field with the reason, and what was added is not added twice', async ({
  page,
}) => {
  const refused = 'http://192.168.7.7/three.mxf';
  await paste(page, `${addresses[0]}\n${refused}`);
  const dialog = page.getByRole('dialog', { name: 'Add downloads by address' });
  await dialog.getByRole('button', { name: 'Download 2' }).click();
  await expect(dialog.getByText('1 of 2 were refused.')).toBeVisible();
  await expect(dialog.getByLabel('Address of the file')).toHaveValue(refused);
  await dialog.getByLabel('Allow http without encryption').check();
  await dialog.getByLabel('Allow an address in a private network').check();
  await dialog.getByRole('button', { name: 'Download', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('row')).toHaveCount(2);
});
