import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProxySettings } from '../../../shared/contract/system.ts';
import { seededBody } from '../../support/fault-body.ts';
import { runRushes } from '../../support/run-rushes.ts';
import { tempDir } from '../../support/temp.ts';
import { makeAuthority } from '../../support/tls.ts';
import { codeOf, startCore, until } from '../core/test-core.ts';
import { anOrigin, aProxy } from './a-way-out.ts';

const proxySettings = (more: Partial<ProxySettings>): ProxySettings => ({
  mode: 'manual',
  url: '',
  bypass: '',
  pacUrl: '',
  user: '',
  ...more,
});

/** A house whose proxy inspects TLS and wants a sign-in, a file behind it, and the house's certificate in a file. */
async function aHouse() {
  const authority = makeAuthority('The house');
  const body = seededBody(300_000);
  const origin = await anOrigin({ body }, authority.issue({ names: ['files.test'] }));
  const proxy = await aProxy({ leads: { 'files.test:443': origin.port }, wants: () => 'editor:right' });
  const certificateFile = join(tempDir(), 'house.pem');
  writeFileSync(certificateFile, authority.cert);
  return { origin, proxy, certificateFile, body };
}

describe('a download through the proxy of the house', () => {
  it('waits for the password, goes on by itself when it is there, and tells nobody else of it', async () => {
    const { origin, proxy, certificateFile } = await aHouse();
    const core = await startCore({ environment: {} });
    const { client } = core;
    await client.settings.set({
      proxy: proxySettings({ url: proxy.url, user: 'editor' }),
      certificateFile,
    });
    const { id } = await client.downloads.addUrl({ url: 'https://files.test/a.mov' });
    const waiting = await until(
      () => client.downloads.get({ id }),
      ({ reason }) => reason?.code === 'PROXY_SIGN_IN',
    );
    expect(waiting.state).toBe('waiting');
    expect(waiting.reason?.detail).toContain('wants a user name and a password');
    const status = await client.network.setProxyPassword({ password: 'right' });
    expect(status).toMatchObject({ hasPassword: true, certificates: { added: 1, problem: null } });
    const done = await until(
      () => client.downloads.get({ id }),
      ({ state }) => state === 'complete',
    );
    expect(readFileSync(done.path ?? '').length).toBe(300_000);
    expect(JSON.stringify(origin.requests)).not.toMatch(/proxy-auth|right/i);
    for (const file of ['secrets.json', 'user.db']) {
      expect(readFileSync(join(core.home, file), 'latin1')).not.toContain('editor:right');
    }
  });

  it('says that the proxy cannot be reached, and goes on when the settings name another', async () => {
    const { proxy, certificateFile } = await aHouse();
    const gone = await aProxy();
    await gone.close();
    const { client } = await startCore({ environment: {} });
    await client.settings.set({ proxy: proxySettings({ url: gone.url, user: 'editor' }), certificateFile });
    await client.network.setProxyPassword({ password: 'right' });
    const { id } = await client.downloads.addUrl({ url: 'https://files.test/a.mov' });
    await until(
      () => client.downloads.get({ id }),
      ({ reason }) => reason?.code === 'PROXY_UNREACHABLE',
    );
    const doctor = await client.system.doctor({});
    expect(doctor.findings.find(({ name }) => name === 'Proxy')).toMatchObject({ state: 'warning' });
    await client.settings.set({ proxy: proxySettings({ url: proxy.url, user: 'editor' }) });
    await until(
      () => client.downloads.get({ id }),
      ({ state }) => state === 'complete',
    );
  });
});

describe('a test of an address', () => {
  it('says step by step what works, and what about the clock', async () => {
    const hourAgo = new Date(Date.now() - 60 * 60 * 1000).toUTCString();
    const origin = await anOrigin({ status: 503, text: 'busy', headers: { Date: hourAgo } });
    const { client } = await startCore({ environment: {} });
    const report = await client.network.test({ url: origin.url });
    expect(report).toMatchObject({
      ok: true,
      steps: [
        { name: 'Way', state: 'ok', value: 'straight' },
        { name: 'Answer', state: 'warning', value: 'There is an answer, but it is 503.' },
        { name: 'Clock', state: 'warning' },
      ],
    });
    expect(report.steps[2]?.value).toContain('60 minutes ahead of');
    await origin.close();
    const gone = await client.network.test({ url: origin.url });
    expect(gone).toMatchObject({ ok: false, steps: [{ name: 'Way' }, { name: 'Answer', state: 'problem' }] });
    expect(await client.network.test({ url: 'ftp://a.test/' })).toMatchObject({
      ok: false,
      steps: [{ name: 'Address', state: 'problem' }],
    });
  });
});

describe('the settings of the network', () => {
  it.each([
    [{ proxy: proxySettings({ url: 'socks5://a:1' }) }, /SOCKS/],
    [{ proxy: proxySettings({ url: 'ftp://a:1' }) }, /http:\/\/host:port/],
    [{ proxy: proxySettings({ url: 'http://me:secret@a:1' }) }, /must not carry/],
    [{ proxy: proxySettings({ mode: 'pac', pacUrl: 'proxy.pac' }) }, /full path/],
    [{ certificateFile: 'house.pem' }, /full path/],
    [{ certificateFile: '/nowhere/house.pem' }, /cannot be read \(ENOENT\)/],
    [{ certificateFile: import.meta.filename }, /not a file of PEM certificates/],
  ])('are refused in a sentence where they cannot work (%#)', async (wanted, why) => {
    const { client } = await startCore({ environment: {} });
    const before = await client.settings.get({});
    const refused = client.settings.set(wanted);
    await expect(refused).rejects.toThrow(why);
    expect(await codeOf(refused)).toBe('USAGE');
    expect(await client.settings.get({})).toEqual(before);
  });

  it('that stopped working are told by the doctor and by the status', async () => {
    const home = join(tempDir(), 'home');
    const file = join(tempDir(), 'house.pem');
    writeFileSync(file, makeAuthority().cert);
    const first = await startCore({ home, environment: {} });
    await first.client.settings.set({ certificateFile: file });
    await first.close();
    writeFileSync(file, 'torn');
    const { client } = await startCore({ home, environment: {} });
    const { certificates } = await client.network.status({});
    expect(certificates.problem).toContain('is not a file of PEM certificates');
    const { ok, findings } = await client.system.doctor({});
    expect(ok).toBe(false);
    expect(findings.find(({ name }) => name === 'Certificates')).toMatchObject({ state: 'problem' });
  });
});

describe('on the command line', () => {
  it('an address is tested in words, and the password is kept sealed', async () => {
    const { proxy, certificateFile } = await aHouse();
    const home = join(tempDir(), 'home');
    const out = [
      '--mode',
      'manual',
      '--proxy',
      proxy.url,
      '--user',
      'editor',
      '--certificates',
      certificateFile,
    ];
    const set = await runRushes(['network', 'set', ...out, '--json'], { home });
    expect(set.json).toMatchObject({ mode: 'manual', hasPassword: false, certificates: { added: 1 } });
    const socks = await runRushes(['network', 'set', '--proxy', 'socks5://a:1'], { home });
    expect([socks.code, socks.stderr]).toEqual([2, expect.stringContaining('SOCKS')]);
    const test = ['network', 'test', 'https://files.test/', '--json'];
    const before = await runRushes(test, { home });
    expect(before.code).toBe(4);
    expect(before.json).toMatchObject({ ok: false });
    expect(before.stdout).toContain('wants a user name and a password');
    const kept = await runRushes(['network', 'proxy-password', '--password-stdin', '--json'], {
      home,
      input: 'right\n',
    });
    expect(kept.json).toMatchObject({ hasPassword: true, mode: 'manual' });
    const after = await runRushes(test, { home });
    expect(after.code).toBe(0);
    expect(after.json).toMatchObject({ ok: true });
    expect(after.stdout).toContain(`through the proxy ${proxy.url}`);
    const people = await runRushes(['network', 'status', 'https://files.test/'], { home });
    expect(people.stdout).toContain(proxy.url);
    expect(`${before.stdout}${kept.stdout}${after.stdout}${people.stdout}`).not.toContain('right');
  });
});
