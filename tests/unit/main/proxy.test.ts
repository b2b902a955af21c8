import { afterEach, expect, it, vi } from 'vitest';
import { answerOne, createExchange, type Answers } from '../../../electron/hosts/desktop/exchange.ts';
import type { ShellQuestions } from '../../../electron/hosts/desktop/messages.ts';
import { createProxyAnswers } from '../../../electron/main/proxy.ts';

afterEach(() => void vi.unstubAllEnvs());

it('the core learns from the shell what the system is set to', async () => {
  const asked: string[] = [];
  const session = {
    resolveProxy: async (url: string) => {
      asked.push(url);
      return 'PROXY proxy.house:3128; DIRECT';
    },
  };
  const answers: Answers<ShellQuestions> = {
    seal: async () => '',
    unseal: async () => null,
    ...createProxyAnswers(session),
  };
  const exchange = createExchange<ShellQuestions>((question) => {
    void answerOne(question, answers).then(exchange.settle);
  });
  expect(await exchange.ask('resolveProxy', 'https://files.test/')).toBe('PROXY proxy.house:3128; DIRECT');
  expect(asked).toEqual(['https://files.test/']);
});

it('the double of Electron answers what a test wants, and keeps what it was asked', async () => {
  const at = new URL('../../double/main/session.mjs', import.meta.url).href;
  const { createSession } = (await import(at)) as {
    createSession: (of: unknown) => { defaultSession: Parameters<typeof createProxyAnswers>[0] };
  };
  const recorded = { proxyQuestions: [] as string[], webRequests: [], permissionHandlers: {} };
  const { defaultSession } = createSession({ desktop: { recorded }, protocol: {}, fetch: () => undefined });
  vi.stubEnv('RUSHES_DOUBLE_PROXY', undefined);
  expect(await createProxyAnswers(defaultSession).resolveProxy('https://a.test/')).toBe('DIRECT');
  vi.stubEnv('RUSHES_DOUBLE_PROXY', 'PROXY p.house:1');
  expect(await createProxyAnswers(defaultSession).resolveProxy('https://b.test/')).toBe('PROXY p.house:1');
  expect(recorded.proxyQuestions).toEqual(['https://a.test/', 'https://b.test/']);
});
