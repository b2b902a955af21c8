import { expect, it } from 'vitest';
import { defaultSettings } from '../../../../electron/core/settings/default-settings.ts';
import { flatSettings, settingAt, settingChange } from '../../../../electron/hosts/cli/setting-values.ts';

const settings = defaultSettings('/home/desk/Downloads');

it.each([
  ['theme', 'dark', { theme: 'dark' }],
  ['connections', '8', { connections: 8 }],
  ['sidecar', 'off', { sidecar: false }],
  ['sidecar', 'Yes', { sidecar: true }],
  ['keepFreeBytes', '5000000000', { keepFreeBytes: 5_000_000_000 }],
  ['keepFreeBytes', 'none', { keepFreeBytes: null }],
  ['downloadDir', '5', { downloadDir: '5' }],
  ['nameTemplate', '{day} {title}', { nameTemplate: '{day} {title}' }],
  ['nameTemplate', 'none', { nameTemplate: 'none' }],
  ['nameTemplate', '', { nameTemplate: '' }],
  ['proxy.mode', 'none', { proxy: { ...settings.proxy, mode: 'none' } }],
  ['proxy.url', 'http://p.example:8080', { proxy: { ...settings.proxy, url: 'http://p.example:8080' } }],
  ['traffic.outside', 'none', { traffic: { ...settings.traffic, outside: null } }],
  ['traffic.outside', 'playout', { traffic: { ...settings.traffic, outside: 'playout' } }],
  [
    'traffic.windows',
    '[{"days":[1],"from":"22:00","to":"06:00","profile":null}]',
    { traffic: { ...settings.traffic, windows: [{ days: [1], from: '22:00', to: '06:00', profile: null }] } },
  ],
])('%s takes %j', (key, text, change) => {
  expect(settingChange(settings, key, text)).toEqual(change);
});

it('leads into a list by its place', () => {
  const { traffic } = settingChange(settings, 'traffic.profiles.1.bytesPerSecond', '1000000');
  expect(traffic?.profiles.map(({ bytesPerSecond }) => bytesPerSecond)).toEqual([null, 1_000_000]);
});

it.each([
  ['connections', '0', /^"0" is no value for connections: connections: Too small/],
  ['connections', 'many', /^"many" is no value for connections: connections: Invalid input: expected number/],
  ['theme', 'pink', /theme: Invalid option: expected one of "system"\|"light"\|"dark"\.$/],
  ['sidecar', 'perhaps', /sidecar: Invalid input: expected boolean/],
  ['traffic.windows', '[{"days":[9]}]', /traffic\.windows\.0\.days\.0: Too big/],
  ['traffic.profiles', '[]', /traffic\.profiles: Too small/],
])('%s refuses %j in one sentence', (key, text, sentence) => {
  expect(() => settingChange(settings, key, text)).toThrow(
    expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(sentence) }),
  );
});

it.each(['thema', 'proxy.nothing', 'theme.x', 'constructor', '__proto__.x', '', 'traffic.profiles.7'])(
  'there is no setting %j',
  (key) => {
    for (const use of [() => settingAt(settings, key), () => settingChange(settings, key, '1')]) {
      expect(use).toThrow(
        expect.objectContaining({ code: 'USAGE', message: `There is no setting "${key}".` }),
      );
    }
  },
);

it('lists each setting by the path that sets it', () => {
  const flat = flatSettings(settings);
  expect(flat.map(({ key }) => key)).toContain('proxy.mode');
  for (const { key, value } of flat) expect(settingAt(settings, key)).toEqual(value);
});
