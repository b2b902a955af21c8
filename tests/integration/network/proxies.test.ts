import { describe, expect, it } from 'vitest';
import { authority, anOrigin, aProxy, aSecureOrigin, aWayOut, said } from './a-way-out.ts';

const secret = { Authorization: 'Bearer canary' };

describe('a proxy', () => {
  it('is asked by the whole address for plain http, and knows the name that this machine does not', async () => {
    const origin = await anOrigin();
    const proxy = await aProxy({ leads: { 'files.test:80': origin.port } });
    const { http } = await aWayOut({ proxy: { url: proxy.url } });
    expect(await said(http, 'http://files.test/a?b=c')).toBe('hello');
    expect(proxy.seen).toMatchObject([{ method: 'GET', target: 'http://files.test/a?b=c' }]);
    expect(origin.requests[0]).toMatchObject({ path: '/a?b=c', headers: { host: 'files.test' } });
  });

  it('leads a tunnel for https, in which it can read nothing', async () => {
    const origin = await aSecureOrigin(['files.test']);
    const proxy = await aProxy({ leads: { 'files.test:443': origin.port } });
    const { http } = await aWayOut({ proxy: { url: proxy.url } });
    for (let count = 0; count < 3; count++) {
      expect(await said(http, 'https://files.test/a', { headers: secret })).toBe('hello');
    }
    // A tunnel is used again; a request in the very moment in which a body ends may still find it taken.
    expect(proxy.seen[0]).toMatchObject({ method: 'CONNECT', target: 'files.test:443' });
    expect(proxy.seen.length).toBeLessThanOrEqual(2);
    expect(proxy.seen[0]?.headers.authorization).toBeUndefined();
    expect(proxy.tunnelled().length).toBeGreaterThan(200);
    expect(proxy.tunnelled()).not.toMatch(/canary|GET \/a/);
    expect(origin.requests[2]?.headers['authorization']).toBe('Bearer canary');
  });

  it('may be spoken to over TLS, with a certificate that is proven', async () => {
    const origin = await aSecureOrigin(['files.test']);
    const plain = await anOrigin();
    const proxy = await aProxy({
      leads: { 'files.test:443': origin.port, 'plain.test:80': plain.port },
      tls: authority.issue({ names: ['localhost'] }),
    });
    const { http } = await aWayOut({ proxy: { url: proxy.url } });
    expect(await said(http, 'https://files.test/')).toBe('hello');
    expect(await said(http, 'http://plain.test/')).toBe('hello');
    const other = await aProxy({ tls: authority.issue({ names: ['elsewhere.test'] }) });
    const wrong = await aWayOut({ proxy: { url: other.url } });
    expect(await said(wrong.http, 'https://files.test/')).toMatch(
      /^certificate: .*issued for elsewhere\.test and not for localhost/,
    );
    expect(other.seen).toEqual([]);
  });

  it('is passed by for what the list names, and for this machine itself', async () => {
    const origin = await anOrigin();
    const proxy = await aProxy();
    const { http } = await aWayOut({ proxy: { url: proxy.url, bypass: 'nothing.test' } });
    expect(await said(http, `${origin.url}/`)).toBe('hello');
    expect(await said(http, `http://localhost:${origin.port}/`)).toBe('hello');
    expect(await http.route('https://sub.nothing.test/')).toEqual([{ kind: 'direct' }]);
    expect(proxy.seen).toEqual([]);
  });

  it('is told of when it cannot be reached or does not speak as a proxy', async () => {
    const gone = await aProxy();
    const { url } = gone;
    await gone.close();
    const dead = await aWayOut({ proxy: { url } });
    expect(await said(dead.http, 'https://files.test/')).toMatch(/^proxy-unreachable: .*ECONNREFUSED/);
    expect(await said(dead.http, 'http://files.test/')).toMatch(/^proxy-unreachable: /);
    expect(dead.network.lastFault()?.message).toContain('could not be reached');
    for (const rawConnect of [
      'SSH-2.0\r\n\r\n',
      `HTTP/1.1 200 OK\r\n\r\nsurplus`,
      '',
      `x${'y'.repeat(20_000)}`,
    ]) {
      const odd = await aProxy({ rawConnect });
      const { http } = await aWayOut({ proxy: { url: odd.url } });
      expect(await said(http, 'https://files.test/')).toMatch(/^proxy-unreachable: /);
    }
  });

  it('that finds no way says so of the server, not of itself', async () => {
    const proxy = await aProxy();
    const { http } = await aWayOut({ proxy: { url: proxy.url } });
    expect(await said(http, 'https://files.test/')).toMatch(
      /^unreachable: The proxy .* files\.test:443 \(502\)/,
    );
    expect(await said(http, 'http://files.test/')).toBe('status 502');
    const strict = await aProxy({ rawConnect: 'HTTP/1.1 403 Forbidden\r\n\r\n' });
    const refused = await aWayOut({ proxy: { url: strict.url } });
    expect(await said(refused.http, 'https://files.test/')).toMatch(/^unreachable: .*does not allow/);
  });

  it('that falls silent is given up, as is a request that is cancelled meanwhile', async () => {
    const proxy = await aProxy({ rawConnect: null });
    const { http } = await aWayOut({ proxy: { url: proxy.url } });
    expect(await said(http, 'https://files.test/', { headTimeoutMs: 150 })).toMatch(/^timeout: /);
    const signal = AbortSignal.timeout(50);
    expect(await said(http, 'https://files.test/', { signal })).toMatch(/^cancelled: /);
  });

  it('does not make private targets of this machine reachable', async () => {
    const proxy = await aProxy();
    const { http } = await aWayOut({ proxy: { url: proxy.url } });
    const policy = { insecureHttp: true, allowPrivate: false };
    for (const url of [
      'https://10.1.2.3/',
      'https://169.254.169.254/latest',
      'http://[::1]/',
      'https://localhost/',
      'https://a.localhost/',
      'http://[::ffff:192.168.0.1]/',
    ]) {
      expect(await said(http, url, { policy })).toMatch(/^refused-address: /);
    }
    expect(proxy.seen).toEqual([]);
  });
});

describe('a proxy that wants a sign-in', () => {
  it.each(['http', 'https'])('gets it for %s, and the server never does', async (scheme) => {
    const origin = scheme === 'http' ? await anOrigin() : await aSecureOrigin(['files.test']);
    const port = scheme === 'http' ? 80 : 443;
    const proxy = await aProxy({
      leads: { [`files.test:${port}`]: origin.port },
      wants: () => 'editor:pa:ss wörd',
    });
    const { http } = await aWayOut({ proxy: { url: proxy.url, user: 'editor' }, password: 'pa:ss wörd' });
    const headers = { 'Proxy-Authorization': 'Basic canary' };
    expect(await said(http, `${scheme}://files.test/`, { headers })).toBe('hello');
    expect(await said(http, `${scheme}://files.test/`)).toBe('hello');
    // Asked once; from then on it is told at once. What a caller made up is told to nobody.
    expect(proxy.seen[0]?.headers['proxy-authorization']).toBeUndefined();
    expect(proxy.seen.filter(({ headers: seen }) => !seen['proxy-authorization']).length).toBe(1);
    expect(JSON.stringify(origin.requests)).not.toMatch(/proxy-authorization|canary/i);
  });

  it.each(['http', 'https'])('says so without a password, and with a wrong one (%s)', async (scheme) => {
    const proxy = await aProxy({ wants: () => 'editor:right' });
    const none = await aWayOut({ proxy: { url: proxy.url } });
    expect(await said(none.http, `${scheme}://files.test/`)).toMatch(
      /^proxy-sign-in: .*wants a user name and a password/,
    );
    const wrong = await aWayOut({ proxy: { url: proxy.url, user: 'editor' }, password: 'wrong' });
    expect(await said(wrong.http, `${scheme}://files.test/`)).toMatch(/^proxy-sign-in: .*does not accept/);
    // Two wrong tries could lock an account, so a wrong password is tried once a request and no more.
    expect(proxy.seen.length).toBe(3);
  });

  it('goes on without a restart as soon as the password is there', async () => {
    const origin = await aSecureOrigin(['files.test']);
    const proxy = await aProxy({ leads: { 'files.test:443': origin.port }, wants: () => 'editor:right' });
    const { http, network } = await aWayOut({ proxy: { url: proxy.url, user: 'editor' } });
    expect(await said(http, 'https://files.test/')).toMatch(/^proxy-sign-in: /);
    let told = 0;
    network.onRenewed(() => (told += 1));
    await network.setPassword('right');
    expect(told).toBe(1);
    expect(await said(http, 'https://files.test/')).toBe('hello');
    await network.setPassword(null);
    expect(await said(http, 'https://files.test/')).toMatch(/^proxy-sign-in: /);
  });

  it('of a kind that Rushes does not speak is named, and no password is sent', async () => {
    const proxy = await aProxy({ challenges: ['Negotiate', 'NTLM'] });
    const { http } = await aWayOut({ proxy: { url: proxy.url, user: 'editor' }, password: 'right' });
    for (const url of ['https://files.test/', 'http://files.test/']) {
      expect(await said(http, url)).toMatch(
        /^proxy-sign-in: .*negotiate, ntlm, which Rushes does not support/,
      );
    }
    expect(JSON.stringify(proxy.seen)).not.toContain('proxy-authorization');
  });
});

describe('a change of the settings', () => {
  it('counts at once, and nothing goes over a connection of before', async () => {
    const origin = await aSecureOrigin(['files.test']);
    const leads = { 'files.test:443': origin.port };
    const [first, second] = [await aProxy({ leads }), await aProxy({ leads })];
    const { http, network, settings } = await aWayOut({ proxy: { url: first.url } });
    expect(await said(http, 'https://files.test/')).toBe('hello');
    settings.proxy = { ...settings.proxy, url: second.url };
    network.settingsChanged();
    expect(await said(http, 'https://files.test/')).toBe('hello');
    expect([first.seen.length, second.seen.length]).toEqual([1, 1]);
  });

  it('lets an answer that is under way come to its end', async () => {
    const origin = await aSecureOrigin(['files.test'], {
      text: 'x'.repeat(400_000),
      bytesPerSecond: 2_000_000,
    });
    const proxy = await aProxy({ leads: { 'files.test:443': origin.port } });
    const { http, network, settings } = await aWayOut({ proxy: { url: proxy.url } });
    const response = await http.request({
      url: 'https://files.test/',
      policy: { insecureHttp: false, allowPrivate: false },
    });
    settings.proxy = { ...settings.proxy, mode: 'none' };
    network.settingsChanged();
    await http.route('https://files.test/');
    expect((await response.bytes()).length).toBe(400_000);
  });
});
