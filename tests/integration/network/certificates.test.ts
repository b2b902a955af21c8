import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCertificateFile } from '../../../electron/core/http/certificate-file.ts';
import { createHttpClient } from '../../../electron/core/http/create-http-client.ts';
import { tempDir } from '../../support/temp.ts';
import { makeAuthority } from '../../support/tls.ts';
import { anOrigin, aProxy, aSecureOrigin, authority, aWayOut, closing, said } from './a-way-out.ts';

const day = 24 * 60 * 60 * 1000;
const straight = { proxy: { mode: 'none' as const } };
const stranger = makeAuthority('Inspecting Proxy Ltd');

describe('a certificate', () => {
  it('that has expired is refused, and the day is said', async () => {
    const untilMs = Date.now() - 3 * day;
    const names = ['127.0.0.1'];
    const origin = await anOrigin({ text: 'no' }, authority.issue({ names, fromMs: untilMs - day, untilMs }));
    const { http } = await aWayOut(straight);
    const since = new Date(untilMs).toISOString().slice(0, 10);
    expect(await said(http, origin.url)).toMatch(
      `certificate: The certificate of 127.0.0.1 expired on ${since}.`,
    );
    expect(origin.requests).toEqual([]);
  });

  it('for another name is refused, and both names are said', async () => {
    const origin = await aSecureOrigin(['files.test', 'www.files.test']);
    const { http } = await aWayOut(straight);
    expect(await said(http, origin.url)).toMatch(
      /^certificate: .*issued for files\.test, www\.files\.test and not for 127\.0\.0\.1/,
    );
  });

  it('of an unknown authority is refused, and its name and the remedy are said', async () => {
    const origin = await anOrigin({ text: 'no' }, stranger.issue({ names: ['127.0.0.1'] }));
    const { http } = await aWayOut(straight);
    const answer = await said(http, origin.url);
    expect(answer).toMatch(/^certificate: .*issued by "Inspecting Proxy Ltd"/);
    expect(answer).toContain('where a proxy inspects TLS, its certificate has to be added in the settings');
  });

  it('of a proxy that inspects TLS holds as soon as its authority is added, without a restart', async () => {
    const inspector = await anOrigin({ text: 'inspected' }, stranger.issue({ names: ['files.test'] }));
    const proxy = await aProxy({ leads: { 'files.test:443': inspector.port } });
    const rig = await aWayOut({ proxy: { url: proxy.url } });
    expect(await said(rig.http, 'https://files.test/')).toMatch(/^certificate: /);
    const file = join(tempDir(), 'house.pem');
    writeFileSync(file, `A note of IT.\n${makeAuthority('other').cert}\n${stranger.cert}`);
    rig.settings.certificateFile = file;
    rig.network.settingsChanged();
    expect(await said(rig.http, 'https://files.test/')).toBe('inspected');
    expect(rig.network.trust.standing()).toMatchObject({ added: 2, problem: null });
    rig.settings.certificateFile = '';
    rig.network.settingsChanged();
    expect(await said(rig.http, 'https://files.test/')).toMatch(/^certificate: /);
  });

  it.skipIf(process.platform === 'win32')('file that is a device without an end is refused unread', () => {
    const why = '/dev/zero is not a file.';
    expect(readCertificateFile('/dev/zero')).toEqual({ ok: false, why });
  });

  it('file that is missing or broken is said, and never passed over in silence', async () => {
    const broken = join(tempDir(), 'broken.pem');
    writeFileSync(broken, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    for (const certificateFile of [broken, join(tempDir(), 'missing.pem')]) {
      const { network } = await aWayOut({ ...straight, certificateFile });
      expect(network.trust.standing()).toMatchObject({ added: 0, file: certificateFile });
      expect(network.trust.standing().problem).toContain(certificateFile);
    }
  });
});

it('an authority of the file that has expired is said, and the others count', async () => {
  const file = join(tempDir(), 'bundle.pem');
  const untilMs = Date.now() - day;
  const old = stranger.issue({ names: ['old.test'], fromMs: untilMs - day, untilMs });
  writeFileSync(file, `${old.cert}${stranger.cert}`);
  const origin = await anOrigin({ text: 'hello' }, stranger.issue({ names: ['127.0.0.1'] }));
  const { http, network } = await aWayOut({ ...straight, certificateFile: file });
  expect(network.trust.standing()).toMatchObject({ added: 2, state: 'warning' });
  expect(network.trust.standing().problem).toContain('has expired');
  expect(await said(http, origin.url)).toBe('hello');
});

describe('the clock', () => {
  /** A client whose clock says another time than this machine's, which TLS goes by. */
  const clientWith = (now: () => number) =>
    closing(
      createHttpClient({
        userAgent: 'Rushes test',
        log: { info: () => undefined, warn: () => undefined, error: () => undefined },
        certificates: [authority.cert],
        now,
      }),
    );

  it('is named when a certificate has not begun yet', async () => {
    const fromMs = Date.now() + 30 * day;
    const identity = authority.issue({ names: ['127.0.0.1'], fromMs, untilMs: fromMs + day });
    const origin = await anOrigin({ text: 'no' }, identity);
    const answer = await said(clientWith(Date.now), origin.url);
    expect(answer).toMatch(/^clock: .* is valid from \d{4}-\d\d-\d\d on only/);
    expect(answer).toContain(`believes that it is ${new Date().toISOString().slice(0, 10)}`);
  });

  it('is cleared by servers that tell the same time, and accused by those that tell another', async () => {
    const fromMs = Date.now() + 30 * day;
    const identity = authority.issue({ names: ['127.0.0.1'], fromMs, untilMs: fromMs + day });
    const early = await anOrigin({ text: 'no' }, identity);
    const right = await anOrigin({ text: 'yes', headers: { Date: new Date().toUTCString() } });
    const http = clientWith(Date.now);
    expect(await said(http, right.url)).toBe('yes');
    expect(await said(http, early.url)).toMatch(/^certificate: /);
    const later = new Date(fromMs + day / 2).toUTCString();
    const other = await anOrigin({ text: 'yes', headers: { Date: later } });
    expect(await said(http, other.url)).toBe('yes');
    expect(await said(http, early.url)).toMatch(/^clock: /);
    const cached = await anOrigin({ text: 'yes', headers: { Date: new Date(0).toUTCString(), Age: '9' } });
    expect(await said(http, cached.url)).toBe('yes');
    expect(await said(http, early.url)).toMatch(/^clock: /);
  });

  it('is accused over an expired certificate only where servers tell another time', async () => {
    const untilMs = Date.now() - 3 * day;
    const identity = authority.issue({ names: ['127.0.0.1'], fromMs: untilMs - 9 * day, untilMs });
    const late = await anOrigin({ text: 'no' }, identity);
    const http = clientWith(Date.now);
    expect(await said(http, late.url)).toMatch(/^certificate: /);
    const past = await anOrigin({ text: 'yes', headers: { Date: new Date(untilMs - day).toUTCString() } });
    expect(await said(http, past.url)).toBe('yes');
    expect(await said(http, late.url)).toMatch(/^clock: /);
  });
});
