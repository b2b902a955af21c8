import { copyFileSync, mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openCore } from '../../../electron/hosts/open-core.ts';
import { makeClip } from '../../support/clips.ts';

const mostWaitMs = 30_000;

/** Puts one H.264 clip of three seconds into a home's library, probed and pictured, and answers its id and path. */
export async function prepareLibrary(home: string): Promise<{ id: string; path: string }> {
  const folder = join(home, 'footage');
  const path = join(folder, 'arrival.mp4');
  mkdirSync(folder);
  copyFileSync(await makeClip('h264'), path);
  utimesSync(path, 1_700_000_000, 1_700_000_000); // a scan passes over files that may still be growing
  const core = await openCore({ home, door: 'cli', version: '0.0.0', downloadDir: join(home, 'downloads') });
  try {
    await core.client.library.addRoot({ path: folder });
    for (const until = Date.now() + mostWaitMs; Date.now() < until; await sleep(50)) {
      const clip = (await core.client.library.list({})).items[0];
      if (clip?.hasPoster) return { id: clip.id, path };
    }
    throw new Error('the clip got no picture');
  } finally {
    await core.close();
  }
}
