import { describe, expect, it } from 'vitest';
import { openLink, type Opened } from '../../../electron/core/downloads/open-link.ts';
import { unlimitedSlots } from '../../../electron/core/downloads/transfer-context.ts';
import { createPortalClient } from '../../../electron/core/sources/account-portal/portal-client.ts';
import type { FaultServer } from '../../support/fault-server.ts';
import { seededBody } from '../../support/fault-body.ts';
import { anOrigin, aSecureOrigin, aWayOut, loose, said } from './a-way-out.ts';

const straight = { proxy: { mode: 'none' as const } };
const canary = 'canary-4711';

const aLink = { policy: loose, sizeBytes: null, hash: null, etag: null, expiresAtMs: null, fileName: null };

/** Everything that an origin was told, as one text. */
const told = (origin: FaultServer): string => JSON.stringify(origin.requests);
const redirectTo = (url: string, more: Record<string, string> = {}) => ({
  status: 302,
  text: '',
  headers: { Location: url, ...more },
});

describe('a token', () => {
  it('of a download goes to its own origin and to no other', async () => {
    const elsewhere = await aSecureOrigin(['127.0.0.1'], { body: seededBody(1000) });
    const own = await aSecureOrigin(
      ['127.0.0.1'],
      redirectTo(`${elsewhere.url}/file`, { 'Set-Cookie': `session=${canary}; Path=/` }),
    );
    const { http } = await aWayOut(straight);
    const opened: Opened = await openLink({
      http,
      link: {
        ...aLink,
        url: `${own.url}/file`,
        headers: { Authorization: `Bearer ${canary}`, Cookie: `c=${canary}`, 'X-Api-Key': canary },
      },
      range: { start: 0, end: 10 },
      ifRange: null,
      slots: unlimitedSlots,
      timeouts: {},
      signal: new AbortController().signal,
    });
    expect(opened.kind).toBe('response');
    if (opened.kind === 'response') await opened.response.discard();
    expect(told(own)).toContain(canary);
    expect(elsewhere.requests.length).toBe(1);
    expect(told(elsewhere)).not.toContain(canary);
  });

  it('of a portal does not follow a redirect', async () => {
    const elsewhere = await anOrigin({ text: '{}' });
    const own = await anOrigin(redirectTo(`${elsewhere.url}/`));
    const { http } = await aWayOut(straight);
    const client = createPortalClient({ http, baseUrl: own.url, policy: loose });
    const call = { method: 'GET', path: '/api/me', token: canary, answer: null } as const;
    await expect(client.call(call)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    expect(told(own)).toContain(canary);
    expect(elsewhere.requests).toEqual([]);
  });
});

describe('a cookie', () => {
  it('is not kept, whoever sets it', async () => {
    const origin = await anOrigin({ text: 'hello', headers: { 'Set-Cookie': `session=${canary}; Path=/` } });
    const { http } = await aWayOut(straight);
    for (let count = 0; count < 3; count++) expect(await said(http, origin.url)).toBe('hello');
    expect(origin.requests.length).toBe(3);
    expect(told(origin)).not.toContain(canary);
  });
});

describe('a redirect', () => {
  it.each(['http', 'file', 'javascript'])('from https to %s is refused', async (kind) => {
    const plain = await anOrigin({ body: seededBody(10) });
    const aims: Record<string, string> = {
      http: `${plain.url}/file`,
      file: 'file:///etc/passwd',
      javascript: 'javascript:alert(1)',
    };
    const own = await aSecureOrigin(['127.0.0.1'], redirectTo(aims[kind] ?? ''));
    const { http } = await aWayOut(straight);
    const opened = await openLink({
      http,
      link: { ...aLink, url: own.url },
      range: null,
      ifRange: null,
      slots: unlimitedSlots,
      timeouts: {},
      signal: new AbortController().signal,
    }).then(
      (answer) => (answer.kind === 'fail' ? answer.reason : answer.kind),
      (error: { kind?: string }) => error.kind,
    );
    expect(['ADDRESS_REFUSED', 'refused-address']).toContain(opened);
    expect(plain.requests).toEqual([]);
  });
});
