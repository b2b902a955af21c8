import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../../electron/hosts/serve/serve.ts';
import { tempDir } from '../../support/temp.ts';
import { keptLog, startCore } from './test-core.ts';

async function aDoor(howToEnter?: string) {
  const pageDir = join(tempDir(), 'page');
  mkdirSync(pageDir);
  writeFileSync(join(pageDir, 'index.html'), '<!doctype html><title>Rushes</title>');
  const core = await startCore();
  const door = await serve({ core, pageDir, port: 0, log: keptLog(), ...(howToEnter && { howToEnter }) });
  onTestFinished(() => door.close());
  return door;
}

/** Opens an address as a browser does that has nothing yet; answers its cookie, or null where it is refused. */
async function enter(url: string): Promise<string | null> {
  const answer = await fetch(url, { redirect: 'manual' });
  await answer.body?.cancel();
  return answer.headers.get('set-cookie')?.split(';')[0] ?? null;
}

test('a new address lets another browser in beside the first, and one never opened works no more', async () => {
  const door = await aDoor();
  const first = await enter(door.url);
  const [unused, used] = [door.newUrl(), door.newUrl()];
  expect(await enter(unused)).toBeNull();
  const second = await enter(used);
  expect(second).not.toBe(first);
  for (const cookie of [first, second]) {
    const shown = await fetch(new URL('/', door.url), { headers: { cookie: cookie ?? '' } });
    expect(await shown.text()).toContain('<title>Rushes</title>');
  }
  expect(await enter(used)).toBeNull();
});

test('whoever has no session is told what to do, and no command that nobody typed', async () => {
  const door = await aDoor('Press <Enter> & wait.');
  const answer = await fetch(`${door.url}x`);
  expect(answer.status).toBe(403);
  expect(answer.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^ ]+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
  );
  const text = await answer.text();
  expect(text).toContain('Press &lt;Enter> &amp; wait.');
  expect(text).not.toContain('rushes serve');
});

test('where nobody sits at a terminal the page says to start it again', async () => {
  const door = await aDoor();
  expect(await (await fetch(new URL('/', door.url))).text()).toContain('Start Rushes again');
});
