import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openCore } from '../../../electron/hosts/open-core.ts';
import { goodPassword, makeAccount, startPortal } from '../../support/portal.ts';
import { makeHome, removeHome, startDesktop } from './desktop-app.ts';

test('a sign-in is sealed by the system’s key store and outlasts the run', async () => {
  const home = makeHome();
  const portal = await startPortal({ items: 6 });
  try {
    await makeAccount(portal, 'editor@example.com');
    const core = await openCore({ home, door: 'cli', version: '0.0.0' });
    const source = await core.client.sources.add({ url: portal.url });
    await core.close();

    const first = await startDesktop(home);
    await first.page.evaluate((id) => (location.hash = `/account/${id}`), source.id);
    await first.page.getByLabel('E-mail').fill('editor@example.com');
    await first.page.getByLabel('Password', { exact: true }).fill(goodPassword);
    await first.page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(first.page.getByText('Signed in as')).toBeVisible();
    await first.app.close();

    const stored = Object.values(JSON.parse(readFileSync(join(home, 'secrets.json'), 'utf8')) as object);
    expect(stored.length).toBeGreaterThan(0);
    for (const secret of stored) expect(secret).toMatchObject({ box: 'safe-storage' });

    const second = await startDesktop(home);
    await second.page.evaluate((id) => (location.hash = `/account/${id}`), source.id);
    await expect(second.page.getByText('Signed in as')).toBeVisible();
    await second.app.close();
  } finally {
    await portal.close();
    removeHome(home);
  }
});
