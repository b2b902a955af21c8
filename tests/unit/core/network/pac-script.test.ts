import { describe, expect, it } from 'vitest';
import { loadPacScript } from '../../../../electron/core/network/pac/pac-script.ts';

/** A Sunday. */
const nowMs = Date.UTC(2026, 10, 22, 21, 30, 15);
const names: Readonly<Record<string, readonly string[]>> = {
  'in.house': ['10.1.2.3'],
  'both.house': ['2001:db8::1', '192.0.2.7'],
  'six.house': ['fd00::1'],
};

/** What an expression of the script is, as JSON; its names are looked up in the table above. */
async function value(expression: string, asked: string[] = []): Promise<unknown> {
  const source = `function FindProxyForURL(url, host) { return JSON.stringify([${expression}]); }`;
  const script = await loadPacScript(source, {
    resolve: async (host) => {
      asked.push(host);
      return names[host] ?? [];
    },
    ownAddresses: () => ['fe80::1', '192.168.7.5'],
    now: () => nowMs,
    onRun: () => undefined,
  });
  const [first] = JSON.parse(await script.find('https://files.test/', 'files.test')) as unknown[];
  return first;
}

describe('the functions of a proxy script', () => {
  it.each([
    ['url + " " + host', 'https://files.test/ files.test'],
    ['isPlainHostName("www")', true],
    ['isPlainHostName("www.house")', false],
    ['dnsDomainIs("www.house", ".house")', true],
    ['dnsDomainIs("WWW.House", ".hOUSE")', true],
    ['dnsDomainIs("www.mouse", ".house")', false],
    ['localHostOrDomainIs("www", "www.house")', true],
    ['localHostOrDomainIs("www.house", "www.house")', true],
    ['localHostOrDomainIs("www.other", "www.house")', false],
    ['isResolvable("in.house")', true],
    ['isResolvable("no.house")', false],
    ['isResolvable("six.house")', false],
    ['isResolvableEx("six.house")', true],
    ['isInNet("in.house", "10.1.0.0", "255.255.0.0")', true],
    ['isInNet("10.2.0.1", "10.1.0.0", "255.255.0.0")', false],
    ['isInNet("no.house", "0.0.0.0", "0.0.0.0")', false],
    ['isInNetEx("six.house", "fd00::/8")', true],
    ['isInNetEx("both.house", "192.0.2.0/24")', true],
    ['dnsResolve("both.house")', '192.0.2.7'],
    ['dnsResolve("no.house")', null],
    ['dnsResolveEx("both.house")', '2001:db8::1;192.0.2.7'],
    ['myIpAddress()', '192.168.7.5'],
    ['myIpAddressEx()', 'fe80::1;192.168.7.5'],
    ['convert_addr("104.16.41.2")', 1745889538],
    ['dnsDomainLevels("a.b.c")', 2],
    ['shExpMatch("http://home/people/index.html", "*/people/*")', true],
    ['shExpMatch("a.bXc", "a.b?c")', true],
    ['shExpMatch("aXbc", "a.bc")', false],
    ['shExpMatch("$1(", "$1(")', true],
    ['typeof alert("hello")', 'undefined'],
  ])('%s is %j', async (expression, wanted) => {
    expect(await value(expression)).toEqual(wanted);
  });

  it.each([
    ['weekdayRange("SUN", "GMT")', true],
    ['weekdayRange("MON", "FRI", "GMT")', false],
    ['weekdayRange("FRI", "MON", "GMT")', true],
    ['weekdayRange("nonsense", "GMT")', false],
    ['timeRange(21, "GMT")', true],
    ['timeRange(9, 17, "GMT")', false],
    ['timeRange(21, 5, "GMT")', true],
    ['timeRange(21, 30, 21, 31, "GMT")', true],
    ['timeRange(21, 30, 16, 21, 31, 0, "GMT")', false],
    ['dateRange(22, "GMT")', true],
    ['dateRange("NOV", "GMT")', true],
    ['dateRange(2026, "GMT")', true],
    ['dateRange(2025, "GMT")', false],
    ['dateRange(20, 25, "GMT")', true],
    ['dateRange(25, 20, "GMT")', false],
    ['dateRange("OCT", "FEB", "GMT")', true],
    ['dateRange(1, "DEC", 31, "JAN", "GMT")', false],
    ['dateRange(20, "NOV", 31, "JAN", "GMT")', true],
    ['dateRange("JAN", 2026, "OCT", 2026, "GMT")', false],
    ['dateRange(1, "JAN", 2025, 1, "JAN", 2027, "GMT")', true],
    ['dateRange("GMT")', false],
  ])('%s is %j at half past nine in the evening of Sunday 22 November 2026', async (expression, wanted) => {
    expect(await value(expression)).toBe(wanted);
  });

  it('goes by the time of this machine without GMT', async () => {
    const { length } = Array.from({ length: 24 });
    const hours = Array.from({ length }, (_none, hour) => `timeRange(${hour}) ? ${hour} : -1`).join(',');
    expect(await value(`Math.max(${hours})`)).toBe(new Date(nowMs).getHours());
  });

  it('look each name up once', async () => {
    const asked: string[] = [];
    await value(
      'isInNet("in.house", "1.0.0.0", "255.0.0.0") || dnsResolve("in.house") || dnsResolve("IN.house")',
      asked,
    );
    expect(asked).toEqual(['in.house']);
  });
});

describe('the sandbox of a proxy script', () => {
  it.each([
    'process',
    'require',
    'globalThis.__dns',
    'fetch',
    'WebAssembly',
    'setTimeout',
    'Buffer',
    'console',
  ])('has no %s', async (name) => {
    expect(await value(`typeof ${name}`)).toBe('undefined');
  });

  it('takes modern syntax, and the newer entry where there is one', async () => {
    const source = 'const FindProxyForURLEx = (url, host) => `PROXY ${host?.length ?? 0}.house:1`;';
    const world = {
      resolve: async () => [],
      ownAddresses: () => [],
      now: () => nowMs,
      onRun: () => undefined,
    };
    const script = await loadPacScript(source, world);
    expect(await script.find('https://a.test/', 'a.test')).toBe('PROXY 6.house:1');
  });
});
