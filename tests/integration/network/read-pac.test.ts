import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createHttpClient } from '../../../electron/core/http/create-http-client.ts';
import { createTrust } from '../../../electron/core/http/trust.ts';
import { readPac } from '../../../electron/core/network/pac/read-pac.ts';
import { startFaultServer } from '../../support/fault-server.ts';
import { tempDir } from '../../support/temp.ts';

const script = 'function FindProxyForURL(url, host) { return "DIRECT"; }';
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

function read(place: string): Promise<string> {
  const http = createHttpClient({ userAgent: 'Rushes test', log: quiet, trust: createTrust({ log: quiet }) });
  onTestFinished(() => http.close());
  return readPac(place, http);
}

test('a script is read from a path, a file address and a server of the house', async () => {
  const path = join(tempDir(), 'proxy.pac');
  writeFileSync(path, script);
  const server = await startFaultServer(() => ({ status: 200, text: script }));
  onTestFinished(() => server.close());
  for (const place of [path, pathToFileURL(path).href, `${server.url}/proxy.pac`]) {
    expect(await read(place)).toBe(script);
  }
});

test('what is no file of a sensible length is refused with its reason, and nothing waits', async () => {
  const dir = tempDir();
  mkdirSync(join(dir, 'folder'));
  writeFileSync(join(dir, 'large'), Buffer.alloc(1024 * 1024 + 1));
  // A device that has no end.
  const devices = process.platform === 'win32' ? [] : ['/dev/zero'];
  for (const path of [join(dir, 'folder'), ...devices]) {
    await expect(read(path)).rejects.toThrow(`The proxy script ${path} is not a file.`);
  }
  await expect(read(join(dir, 'large'))).rejects.toThrow('is larger than a mebibyte.');
  await expect(read(join(dir, 'absent'))).rejects.toThrow('cannot be read (ENOENT).');
  await expect(read('gopher://x/proxy.pac')).rejects.toThrow('is not usable.');
});

test('a server that has no script, or one without end, is named with what it answers', async () => {
  const server = await startFaultServer(({ path }) =>
    path === '/none' ? { status: 404, text: 'none' } : { status: 200, text: 'x'.repeat(2 * 1024 * 1024) },
  );
  onTestFinished(() => server.close());
  await expect(read(`${server.url}/none`)).rejects.toThrow('answers 404.');
  await expect(read(`${server.url}/endless`)).rejects.toThrow('The proxy script cannot be had:');
});
