import { open, stat } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { startPortal } from '../../support/portal.ts';
import { joinPortal, openCoreDoor, type CoreDoor } from './core-door.ts';

let portal: Awaited<ReturnType<typeof startPortal>>;
let door: CoreDoor;

test.beforeEach(async () => {
  portal = await startPortal({ items: 6 });
  door = await openCoreDoor();
  await joinPortal(door, portal);
});

test.afterEach(async () => {
  await Promise.allSettled([door.close(), portal.close()]);
});

/** Changes bytes without leaving a trace in the times of the file, as a failing disk does. */
async function damage(path: string): Promise<void> {
  const before = await stat(path);
  // Half a millisecond more: a date that is rounded down when it is written would fall into the one before.
  const modified = (Math.trunc(before.mtimeMs) + 0.5) / 1000;
  const file = await open(path, 'r+');
  try {
    await file.write(Buffer.from('damaged'), 0, 7, 100_000);
    await file.utimes(modified, modified);
  } finally {
    await file.close();
  }
}

test('a clip that was damaged on the disk is found by its bytes and repaired from its source', async ({
  page,
}) => {
  const { client } = door;
  const { items } = await client.catalogue.list({ status: 'usable', limit: 1 });
  await client.downloads.add({ assetIds: items.map(({ id }) => id), rendition: 'smallest' });
  await expect
    .poll(async () => (await client.library.list({ limit: 1 })).items[0]?.steps.at(-1)?.state, {
      timeout: 30_000,
    })
    .toBe('done');
  const [clip] = (await client.library.list({ limit: 1 })).items;
  await page.goto(door.url);
  await page.getByRole('link', { name: 'Library' }).click();
  await page.getByRole('gridcell').first().click();
  const inspector = page.getByRole('complementary', { name: 'Clip' });
  await inspector.getByRole('button', { name: 'Verify', exact: true }).click();
  await expect(inspector.getByText('Unharmed')).toBeVisible();
  await damage(clip?.path ?? '');
  await inspector.getByRole('button', { name: 'Verify', exact: true }).click();
  await expect(inspector.getByText('Damaged', { exact: true })).toBeVisible();
  const card = page.getByRole('gridcell').first();
  await expect(card.getByText('Damaged', { exact: true })).toBeVisible();
  await inspector.getByRole('button', { name: 'Repair the damaged parts' }).click();
  await expect(inspector.getByText(/^Repaired: /)).toBeVisible({ timeout: 20_000 });
  await expect(card.getByText('Damaged', { exact: true })).toBeHidden();
  await inspector.getByRole('button', { name: 'Verify', exact: true }).click();
  await expect(inspector.getByText('Unharmed')).toBeVisible();
});
