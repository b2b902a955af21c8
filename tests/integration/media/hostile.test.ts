import { access, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findMediaTools } from '../../../electron/core/media/media-tools.ts';
import { createPictures, type PictureMaker } from '../../../electron/core/media/pictures.ts';
import { probeFile } from '../../../electron/core/media/probe.ts';
import { makeClip } from '../../support/clips.ts';
import { openMediaFixture, quiet, type MediaFixture } from './media-fixture.ts';

let fixture: MediaFixture;
let pictures: PictureMaker;
beforeAll(async () => {
  fixture = await openMediaFixture();
  pictures = createPictures({ dir: join(fixture.dir, 'pictures'), runner: fixture.runner, log: quiet });
  await writeFile(join(fixture.dir, 'secret.mp4'), await readFile(await makeClip('h264')));
});
afterAll(() => fixture.close());

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(fixture.dir, name);
  await writeFile(path, content);
  return path;
}

const playlists = [
  ['ffconcat', 'ffconcat version 1.0\nfile secret.mp4\n'],
  ['hls', '#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nsecret.mp4\n#EXT-X-ENDLIST\n'],
  ['sdp', 'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n'],
  ['dash', '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>'],
] as const;

describe('files that are not what their name says', () => {
  test.each(playlists)('a %s list named .mp4 is refused by probe and by pictures', async (kind, text) => {
    const path = await file(`${kind}.mp4`, text);
    const probe = await probeFile(fixture.runner, path).catch((error: unknown) => error);
    expect(probe).toMatchObject({ name: 'MediaFault' });
    const made = pictures.make({ fingerprint: `x1-${kind}`, path, durationMs: 1000 });
    await expect(made).rejects.toMatchObject({ kind: 'refused' });
  });

  test('an ffconcat list named .mp4 is stopped by the format whitelist', async () => {
    const path = await file('whitelist.mp4', playlists[0][1]);
    await expect(probeFile(fixture.runner, path)).rejects.toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('not on whitelist'),
    });
  });

  test('an ffconcat list named .mp4 makes ffprobe open no other file and no socket', async (context) => {
    const strace = '/usr/bin/strace';
    if (
      !(await access(strace).then(
        () => true,
        () => false,
      ))
    ) {
      context.skip('strace is not installed, so what was opened cannot be seen');
    }
    const { ffprobe } = await findMediaTools();
    const log = join(fixture.dir, 'strace.txt');
    const watched = await fixture.script(
      'watched',
      `exec ${strace} -f -o '${log}' -e trace=open,openat,socket,connect '${ffprobe.path}' "$@"`,
    );
    const runner = fixture.runnerWith({ ffprobePath: watched });
    const path = await file('watched.mp4', playlists[0][1]);
    await expect(probeFile(runner, path)).rejects.toMatchObject({ kind: 'refused' });
    const calls = await readFile(log, 'utf8');
    expect(calls).toContain('watched.mp4');
    expect(calls).not.toContain('secret.mp4');
    expect(calls).not.toMatch(/socket\(|connect\(/);
  });

  test.each([
    ['text', 'This is a letter, not a film.\n'.repeat(200)],
    ['empty', ''],
    ['zeros', new Uint8Array(4096)],
  ])('a file of %s named .mp4 fails with a reason', async (kind, content) => {
    const path = await file(`${kind}-only.mp4`, content);
    const made = await pictures
      .make({ fingerprint: `x1-${kind}-only`, path, durationMs: null })
      .catch((error: unknown) => error);
    expect(made).toMatchObject({ name: 'MediaFault', reason: expect.stringMatching(/./) });
  });

  test('a file that is gone fails with a reason', async () => {
    const made = pictures.make({
      fingerprint: 'x1-gone',
      path: join(fixture.dir, 'gone.mp4'),
      durationMs: null,
    });
    await expect(made).rejects.toMatchObject({ kind: 'failed', reason: expect.stringContaining('ENOENT') });
  });

  test.each([100, 2000, 40_000, 300_000])(
    'an MP4 cut after %i bytes fails or gives a picture, within seconds',
    async (length) => {
      const path = await file(`cut-${length}.mp4`, await readFile(await makeClip('h264')));
      await truncate(path, length);
      const made = await pictures
        .make({ fingerprint: `x1-cut-${length}`, path, durationMs: null })
        .catch((error: unknown) => error);
      expect(made).toMatchObject({ reason: expect.stringMatching(/./) });
    },
    15_000,
  );

  test('damaged bytes end in pictures or a reason, never in anything else', async () => {
    const good = await readFile(await makeClip('h264'));
    for (let seed = 1; seed <= 6; seed += 1) {
      const bad = Buffer.from(good);
      for (let hit = 0; hit < 200; hit += 1) {
        // Knuth's multiplicative hash: the same damage in every run of this seed.
        const at = Math.imul(seed * 1000 + hit, 2_654_435_761) >>> 0;
        bad[at % bad.length] = (at >>> 8) & 0xff;
      }
      const path = await file(`bad-${seed}.mp4`, bad);
      const made = await pictures
        .make({ fingerprint: `x1-bad-${seed}`, path, durationMs: null })
        .catch((error: unknown) => error);
      const ok = made instanceof Error ? made.name === 'MediaFault' : true;
      expect(ok, `seed ${seed}: ${String(made)}`).toBe(true);
    }
  });
});

describe('a tool that ends well without having done its work', () => {
  test.each([
    ['nothing', 'exit 0'],
    ['half a picture', String.raw`printf '\377\330\377\340half'`],
  ])('that gives %s publishes no picture', async (name, body) => {
    const lying = await fixture.script(`lying-${name.length}`, body);
    const dir = join(fixture.dir, `lied-${name.length}`);
    const runner = fixture.runnerWith({ ffmpegPath: lying });
    const made = createPictures({ dir, runner, log: quiet }).make({
      fingerprint: 'x1-lied',
      path: await makeClip('h264'),
      durationMs: null,
    });
    await expect(made).rejects.toMatchObject({
      kind: 'failed',
      reason: 'ffmpeg made no picture of this file',
    });
    await expect(access(dir)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
