import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPortal } from '../../electron/portal/create-portal.ts';
import type { Portal, PortalOptions } from '../../electron/portal/options.ts';
import { loginAnswerSchema } from '../../shared/portal-api/account.ts';
import { portalPaths } from '../../shared/portal-api/paths.ts';

/** Made once and shared by every test that starts a portal. */
export const portalMediaCache = fileURLToPath(
  new URL('../../node_modules/.cache/rushes-demo', import.meta.url),
);

/** A password that meets the rule. */
export const goodPassword = 'Lantern-Valley-27';

/** A clock that stands still until it is moved. */
export interface TestClock {
  readonly now: () => number;
  advance(byMs: number): void;
}

/** Makes a clock that starts at an hour of its own, far from the real one. */
export function createTestClock(startMs = Date.UTC(2026, 0, 15, 9, 0, 0)): TestClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    advance(byMs) {
      nowMs += byMs;
    },
  };
}

/** A portal in a temporary folder; `close` ends it and removes the folder. */
export async function startPortal(options: Partial<PortalOptions> = {}): Promise<Portal & { dir: string }> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'rushes-portal-')));
  const removeDir = async (): Promise<void> => {
    if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
  };
  try {
    const portal = await createPortal({ items: 6, mediaCacheDir: portalMediaCache, ...options, dir });
    return {
      ...portal,
      dir,
      async close() {
        await portal.close();
        await removeDir();
      },
    };
  } catch (error) {
    await removeDir();
    throw error;
  }
}

/** A mail as read from the mailbox folder. */
export interface ReadMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Reads all mails to an address, oldest first. */
export async function readMails(
  portal: Pick<Portal, 'mailboxDir'> & Partial<Pick<Portal, 'mailsSettled'>>,
  email: string,
): Promise<ReadMail[]> {
  await portal.mailsSettled?.();
  const names = (await readdir(portal.mailboxDir)).filter((name) => name.endsWith('.eml')).sort();
  const mails: ReadMail[] = [];
  for (const name of names) mails.push(parseMail(await readFile(join(portal.mailboxDir, name), 'utf8')));
  return mails.filter((mail) => mail.to.toLowerCase() === email.toLowerCase());
}

/** Reads the newest code that was mailed to an address. */
export async function readCode(
  portal: Pick<Portal, 'mailboxDir'> & Partial<Pick<Portal, 'mailsSettled'>>,
  email: string,
): Promise<string> {
  const codes = (await readMails(portal, email)).flatMap(
    (mail) => mail.text.match(/^\s*(\d{6})\s*$/m)?.[1] ?? [],
  );
  const newest = codes.at(-1);
  if (newest === undefined) throw new Error(`no mail with a code to ${email}`);
  return newest;
}

/** Another six digits than these. */
export function wrongCode(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0');
}

/** Sends JSON and answers status, headers and parsed body. */
export async function send(
  portal: Pick<Portal, 'url'>,
  path: string,
  request: { method?: string; body?: unknown; token?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; headers: Headers; body: unknown }> {
  const headers: Record<string, string> = { ...request.headers };
  if (request.body !== undefined) headers['content-type'] = 'application/json';
  if (request.token !== undefined) headers['authorization'] = `Bearer ${request.token}`;
  const answer = await fetch(new URL(path, portal.url), {
    method: request.method ?? (request.body === undefined ? 'GET' : 'POST'),
    headers,
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
}

/** Registers and verifies an account. */
export async function makeAccount(portal: Portal, email: string, password = goodPassword): Promise<void> {
  await send(portal, portalPaths.register, { body: { email, password } });
  await send(portal, portalPaths.verify, { body: { email, code: await readCode(portal, email) } });
}

/** Opens a session of an existing account and answers its token. */
export async function logIn(portal: Portal, email: string, password = goodPassword): Promise<string> {
  const answer = await send(portal, portalPaths.login, { body: { email, password } });
  return loginAnswerSchema.parse(answer.body).token;
}

function parseMail(raw: string): ReadMail {
  const split = raw.indexOf('\r\n\r\n');
  const head = raw.slice(0, split).replace(/\r\n[ \t]+/g, ' ');
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  const body = decodeBody(raw.slice(split + 4), header('Content-Transfer-Encoding').toLowerCase());
  return { to: header('To'), subject: header('Subject'), text: body.replaceAll('\r\n', '\n') };
}

function decodeBody(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return body;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
