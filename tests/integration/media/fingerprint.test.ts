import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFingerprinter, fingerprintFile } from '../../../electron/core/media/fingerprint.ts';
import { findMediaTools } from '../../../electron/core/media/media-tools.ts';
import { openMediaFixture, type MediaFixture } from './media-fixture.ts';

let fixture: MediaFixture;
beforeAll(async () => {
  fixture = await openMediaFixture();
});
afterAll(() => fixture.close());

const kibi = 1024;
const pattern = (length: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, index) => (index * 31) % 251));

describe('the fingerprint of a file', () => {
  test('is the same for a copy, under any name, by both ways', async () => {
    const [a, b] = [join(fixture.dir, 'a.mp4'), join(fixture.dir, 'b.mov')];
    await writeFile(a, pattern(300 * kibi));
    await copyFile(a, b);
    const fingerprint = await createFingerprinter();
    expect(await fingerprint(a)).toMatch(/^x1-[0-9a-f]{16}$/);
    expect(await fingerprint(b)).toBe(await fingerprint(a));
    expect(await fingerprintFile(a)).toBe(await fingerprint(a));
  });

  test.each([0, 1, 64 * kibi - 1, 64 * kibi, 64 * kibi + 1, 128 * kibi, 128 * kibi + 1])(
    'of %i bytes changes with the first byte, the last and the length',
    async (length) => {
      const fingerprint = await createFingerprinter();
      const path = join(fixture.dir, `length-${length}`);
      const seen = new Set<string>();
      const note = async (content: Buffer): Promise<void> => {
        await writeFile(path, content);
        seen.add(await fingerprint(path));
      };
      const content = pattern(length);
      await note(content);
      await note(Buffer.concat([content, Buffer.from([0])]));
      if (length > 1) {
        await note(Buffer.concat([Buffer.from([255]), content.subarray(1)]));
        await note(Buffer.concat([content.subarray(0, -1), Buffer.from([255])]));
      }
      expect(seen.size).toBe(length > 1 ? 4 : 2);
    },
  );

  test('fails for a file that is not there', async () => {
    await expect(fingerprintFile(join(fixture.dir, 'gone'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('finding the tools', () => {
  test('they come from the installer packages, with their versions', async () => {
    const tools = await findMediaTools();
    expect(tools.ffmpeg).toMatchObject({ origin: 'package', version: expect.stringMatching(/./) });
    expect(tools.ffprobe).toMatchObject({ origin: 'package', version: expect.stringMatching(/./) });
  });

  test('a packaged application’s own come first, and a folder without them says so', async () => {
    const packaged = await findMediaTools({ resourcesDir: fixture.dir });
    expect(packaged.ffmpeg.origin).toBe('package');
  });
});
