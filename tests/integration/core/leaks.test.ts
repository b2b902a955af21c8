import { copyFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeClip } from '../../support/clips.ts';
import { startPortal } from '../../support/portal.ts';
import { tempDir } from '../../support/temp.ts';
import { runChild } from './run-child.ts';

test('a core that is closed leaves no timer, socket, child or worker, and its process ends by itself', async () => {
  const portal = await startPortal();
  onTestFinished(() => portal.close());
  const footage = tempDir();
  copyFileSync(await makeClip('h264'), join(footage, 'a.mp4'));
  utimesSync(join(footage, 'a.mp4'), 1, 1);
  const child = runChild('use-everything', [join(tempDir(), 'home'), portal.url, footage]);
  expect(await child.line('left')).toBe('left []');
  const late = setTimeout(() => child.process.kill('SIGKILL'), 5000);
  const { code, signal, errors } = await child.ended;
  clearTimeout(late);
  expect({ code, signal, errors }).toEqual({ code: 0, signal: null, errors: '' });
});
