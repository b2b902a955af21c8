import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSecretStore } from '../../../electron/core/secrets/secret-store.ts';
import { createKeyFileBox } from '../../../electron/hosts/key-file-box.ts';
import { tempDir } from '../../support/temp.ts';

test.each([
  ['no JSON', 'rubbish'],
  ['another shape', '{"session:1": 7}'],
  ['nothing', ''],
])('a secrets file that holds %s reads as empty', async (_what, text) => {
  const dir = tempDir();
  writeFileSync(join(dir, 'secrets.json'), text);
  const store = createSecretStore({
    file: join(dir, 'secrets.json'),
    box: createKeyFileBox(join(dir, 'key')),
  });
  expect(await store.get('session:1')).toBeNull();
  await Promise.all([store.set('a', '1'), store.set('b', '2'), store.delete('c')]);
  expect([await store.get('a'), await store.get('b')]).toEqual(['1', '2']);
});

test.each([0, 7, 33])(
  'a key file of %i bytes, left by a crash, is made anew instead of failing for ever',
  async (bytes) => {
    const dir = tempDir();
    writeFileSync(join(dir, 'key'), Buffer.alloc(bytes));
    const box = createKeyFileBox(join(dir, 'key'));
    expect(await box.open('AAAA')).toBeNull();
    expect(await box.open(await box.seal('secret'))).toBe('secret');
    expect(readFileSync(join(dir, 'key')).length).toBe(32);
    expect(statSync(join(dir, 'key')).mode & 0o777).toBe(0o600);
  },
);

test('a sealed text that was changed, cut or sealed with another key does not open', async () => {
  const dir = tempDir();
  const box = createKeyFileBox(join(dir, 'key'));
  const sealed = Buffer.from(await box.seal('secret'), 'base64');
  expect(sealed.includes('secret')).toBe(false);
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await box.open(changed.toString('base64'))).toBeNull();
    expect(await box.open(sealed.subarray(0, at).toString('base64'))).toBeNull();
  }
  expect(await createKeyFileBox(join(dir, 'other')).open(sealed.toString('base64'))).toBeNull();
});
