import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { startRushes } from '../../support/run-rushes.ts';
import { aHome } from './cli-fixture.ts';

const page = fileURLToPath(new URL('../../../out/renderer/index.html', import.meta.url));

it('gives out a new address for each line that comes in, and goes on when no more can come', async (context) => {
  context.skip(!existsSync(page), `${page} is not built`);
  const running = startRushes(['serve', '--no-open', '--json'], { ...aHome(), input: '\n' });
  onTestFinished(() => running.stop('SIGKILL').then(() => undefined));
  const told = await running.seen('stdout', (text) => text.split('\n').length > 2);
  const [first, second] = told.split('\n', 2).map((line) => (JSON.parse(line) as { url: string }).url);
  expect((await fetch(first ?? '', { redirect: 'manual' })).status).toBe(403);
  expect((await fetch(second ?? '', { redirect: 'manual' })).status).toBe(303);
  expect((await running.stop('SIGINT')).code).toBe(0);
});
