import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startFaultServer } from '../../support/fault-server.ts';
import { tempDir } from '../../support/temp.ts';
import { aProxy, aSecureOrigin, aWayOut, closing, said } from './a-way-out.ts';

/** A server of the house that hands out a script, which a test may change. */
async function aScriptServer(script: { text: string; status?: number }) {
  return closing(await startFaultServer(() => ({ text: script.text, status: script.status ?? 200 })));
}

const finds = (body: string): string => `function FindProxyForURL(url, host) { ${body} }`;
const hour = 60 * 60 * 1000;

describe('a proxy script', () => {
  it('sends each address on its way', async () => {
    const origin = await aSecureOrigin(['files.test']);
    const proxy = await aProxy({ leads: { 'files.test:443': origin.port } });
    const server = await aScriptServer({
      text: finds(
        `return dnsDomainIs(host, '.test') ? 'PROXY 127.0.0.1:${proxy.port}' : 'SOCKS 1.2.3.4:1; HTTPS p.house:8443; DIRECT';`,
      ),
    });
    const { http } = await aWayOut({ proxy: { mode: 'pac', pacUrl: `${server.url}/proxy.pac` } });
    expect(await said(http, 'https://files.test/')).toBe('hello');
    expect(await http.route('https://example.org/')).toEqual([
      { kind: 'proxy', url: 'https://p.house:8443' },
      { kind: 'direct' },
    ]);
    expect(server.requests.length).toBe(1);
  });

  it('is not told more of an https address than its host', async () => {
    const server = await aScriptServer({ text: finds(`return 'PROXY ' + url.length + '.house:1';`) });
    const { http } = await aWayOut({ proxy: { mode: 'pac', pacUrl: server.url } });
    expect(await http.route('https://files.test/story?token=canary')).toEqual([
      { kind: 'proxy', url: `http://${'https://files.test/'.length}.house:1` },
    ]);
  });

  it('may lie in a file', async () => {
    const file = join(tempDir(), 'proxy.pac');
    writeFileSync(file, finds(`return 'PROXY a.house:3128';`));
    for (const pacUrl of [file, `file://${file}`]) {
      const { http } = await aWayOut({ proxy: { mode: 'pac', pacUrl } });
      expect(await http.route('https://files.test/')).toEqual([
        { kind: 'proxy', url: 'http://a.house:3128' },
      ]);
    }
  });

  it('fails over through its list, and leaves a dead proxy alone for a while', async () => {
    const origin = await aSecureOrigin(['files.test']);
    const dead = await aProxy();
    await dead.close();
    const alive = await aProxy({ leads: { 'files.test:443': origin.port } });
    const names = [dead.port, alive.port].map((port) => `PROXY 127.0.0.1:${port}`).join('; ');
    const server = await aScriptServer({ text: finds(`return '${names}';`) });
    const { http, clock } = await aWayOut({ proxy: { mode: 'pac', pacUrl: server.url } });
    const first = async (): Promise<unknown> => (await http.route('https://files.test/'))[0];
    expect(await first()).toEqual({ kind: 'proxy', url: `http://127.0.0.1:${dead.port}` });
    expect(await said(http, 'https://files.test/', { method: 'POST', json: {} })).toBe('hello');
    expect(await first()).toEqual({ kind: 'proxy', url: alive.url });
    clock.ms += 61_000;
    expect(await first()).toEqual({ kind: 'proxy', url: `http://127.0.0.1:${dead.port}` });
  });

  it('goes straight only where it says so', async () => {
    const dead = await aProxy();
    await dead.close();
    const origin = await aSecureOrigin(['127.0.0.1']);
    const straight = await aScriptServer({ text: finds(`return 'PROXY 127.0.0.1:${dead.port}; DIRECT';`) });
    const { http } = await aWayOut({ proxy: { mode: 'pac', pacUrl: straight.url } });
    expect(await http.route('https://files.test/')).toHaveLength(2);
    expect(await said(http, `https://127.0.0.1:${origin.port}/`)).toBe('hello');
    // No name service knows it, so that it was tried straight shows in the failure.
    expect(await said(http, 'https://files.test/')).toMatch(/^(unreachable|offline): /);
    const only = await aScriptServer({ text: finds(`return 'PROXY 127.0.0.1:${dead.port}';`) });
    const rig = await aWayOut({ proxy: { mode: 'pac', pacUrl: only.url } });
    expect(await said(rig.http, 'https://files.test/')).toMatch(/^proxy-unreachable: /);
  });

  it.each([
    ['is missing', { text: 'nothing here', status: 404 }, 'answers 404'],
    ['is no script', { text: '<html>sign in</html>' }, 'SyntaxError'],
    ['has no function', { text: 'var a = 1;' }, 'no function FindProxyForURL'],
    ['throws', { text: finds('throw new Error("by hand");') }, 'by hand'],
    ['never ends', { text: finds('for (;;) {}') }, 'runs for too long'],
    ['never ends loading', { text: 'for (;;) {}' }, 'runs for too long'],
    ['calls itself', { text: finds('return FindProxyForURL(url, host);') }, 'stack overflow'],
    ['wants all memory', { text: finds('return new Array(9e8).join("x");') }, 'fails'],
    ['reaches for Node', { text: finds('return process.env.HOME;') }, 'process'],
    ['knows SOCKS only', { text: finds('return "SOCKS a:1";') }, 'No proxy that Rushes can use'],
    ['says nothing', { text: finds('return null;') }, 'No proxy that Rushes can use'],
    [
      'asks for names without end',
      { text: finds('return dnsResolve(Math.random() + ".invalid");') },
      'too many names',
    ],
  ])('that %s is a failure, and no way around it', async (_name, script, why) => {
    const server = await aScriptServer(script);
    const { http, network } = await aWayOut({ proxy: { mode: 'pac', pacUrl: server.url } });
    const answer = await said(http, 'https://files.test/');
    expect(answer).toMatch(/^proxy-unreachable: /);
    expect(answer).toContain(why);
    expect(network.lastFault()?.message).toContain(why);
  });

  it('is fetched again after an hour, and stays in use when it cannot be', async () => {
    const script: { text: string; status?: number } = { text: finds(`return 'PROXY one.house:1';`) };
    const server = await aScriptServer(script);
    const { http, clock } = await aWayOut({ proxy: { mode: 'pac', pacUrl: server.url } });
    const way = async (): Promise<string> => JSON.stringify(await http.route('https://files.test/'));
    expect(await way()).toContain('one.house');
    script.text = finds(`return 'PROXY two.house:1';`);
    clock.ms += hour / 2;
    expect(await way()).toContain('one.house');
    clock.ms += hour / 2 + 1000;
    expect(await way()).toContain('two.house');
    script.status = 503;
    clock.ms += hour + 1000;
    expect(await way()).toContain('two.house');
    expect(server.requests.length).toBe(3);
  });

  it('is fetched anew when the settings name another', async () => {
    const [one, two] = [
      await aScriptServer({ text: finds(`return 'PROXY one.house:1';`) }),
      await aScriptServer({ text: finds(`return 'PROXY two.house:1';`) }),
    ];
    const { http, network, settings } = await aWayOut({ proxy: { mode: 'pac', pacUrl: one.url } });
    expect(JSON.stringify(await http.route('https://files.test/'))).toContain('one.house');
    settings.proxy = { ...settings.proxy, pacUrl: two.url };
    network.settingsChanged();
    expect(JSON.stringify(await http.route('https://files.test/'))).toContain('two.house');
  });
});

describe('the system', () => {
  it('is asked where the environment is silent, without the secrets of an address', async () => {
    const asked: string[] = [];
    const system = {
      resolve: async (url: string) => {
        asked.push(url);
        return 'PROXY p.house:3128; DIRECT';
      },
    };
    const { http } = await aWayOut({ proxy: { mode: 'system' }, system });
    expect(await http.route('https://files.test/a?token=canary')).toEqual([
      { kind: 'proxy', url: 'http://p.house:3128' },
      { kind: 'direct' },
    ]);
    await http.route('https://files.test/b');
    expect(asked).toEqual(['https://files.test/']);
  });

  it('that does not answer is a failure', async () => {
    const system = { resolve: () => Promise.reject(new Error('The core is not running.')) };
    const { http } = await aWayOut({ proxy: { mode: 'system' }, system });
    expect(await said(http, 'https://files.test/')).toMatch(/^proxy-unreachable: /);
  });

  it('comes after the environment, whose credentials go to its own proxy', async () => {
    const origin = await aSecureOrigin(['files.test']);
    const proxy = await aProxy({ leads: { 'files.test:443': origin.port }, wants: () => 'env:se cret' });
    const { http, network } = await aWayOut({
      proxy: { mode: 'system' },
      environment: {
        https_proxy: `http://env:se%20cret@127.0.0.1:${proxy.port}`,
        NO_PROXY: 'direct.test, .house',
      },
      system: { resolve: async () => 'PROXY never.house:1' },
    });
    expect(network.summary()).toBe('As the environment says (https_proxy).');
    expect(await said(http, 'https://files.test/')).toBe('hello');
    expect(await http.route('https://direct.test/')).toEqual([{ kind: 'direct' }]);
    expect(await http.route('http://plain.test/')).toEqual([{ kind: 'proxy', url: 'http://never.house:1' }]);
  });
});
