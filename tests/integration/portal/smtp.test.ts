import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { portalPaths } from '../../../shared/portal-api/paths.ts';
import type { Portal } from '../../../electron/portal/options.ts';
import { goodPassword, send, startPortal } from '../../support/portal.ts';

let server: Server | undefined;
let portal: Portal | undefined;

afterEach(async () => {
  await portal?.close();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
});

/** The smallest SMTP server that takes a mail; answers every command, keeps what DATA brings. */
async function startSmtp(mails: string[]): Promise<number> {
  const listening = createServer((socket) => {
    let rest = '';
    let inData = false;
    socket.write('220 test\r\n');
    socket.setEncoding('utf8').on('data', (text: string) => {
      rest += text;
      for (let end = rest.indexOf(inData ? '\r\n.\r\n' : '\r\n'); end >= 0;) {
        const piece = rest.slice(0, end);
        rest = rest.slice(end + (inData ? 5 : 2));
        if (inData) mails.push(piece);
        const begins = !inData && piece.toUpperCase() === 'DATA';
        socket.write(begins ? '354 go\r\n' : '250 ok\r\n');
        inData = begins;
        end = rest.indexOf(inData ? '\r\n.\r\n' : '\r\n');
      }
    });
    socket.on('error', () => undefined);
  });
  server = listening;
  await new Promise<void>((resolve) => {
    listening.listen(0, '127.0.0.1', resolve);
  });
  return (listening.address() as AddressInfo).port;
}

it('sends the code over SMTP where it is configured, and does not tell of a mailbox then', async () => {
  const mails: string[] = [];
  const port = await startSmtp(mails);
  const smtp = { host: '127.0.0.1', port, from: 'desk@portal.example' };
  portal = await startPortal({ items: 1, smtp });
  expect((await send(portal, portalPaths.about)).body).toMatchObject({ mail: 'smtp' });
  expect((await send(portal, portalPaths.about)).body).not.toHaveProperty('mailbox');
  const email = 'post@newsroom.example';
  await send(portal, portalPaths.register, { body: { email, password: goodPassword } });
  await portal.mailsSettled();
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatch(/^From: .*<desk@portal\.example>/m);
  expect(mails[0]).toMatch(/^ +\d{6}$/m);
});

it('answers the same when the mail server is away, and says so in the log', async () => {
  const lines: string[] = [];
  const smtp = { host: '127.0.0.1', port: 1 };
  portal = await startPortal({ items: 1, smtp, log: (line) => lines.push(line) });
  const email = 'lost@newsroom.example';
  const answer = await send(portal, portalPaths.register, { body: { email, password: goodPassword } });
  expect(answer.status).toBe(202);
  await portal.mailsSettled();
  expect(lines.join('\n')).toContain('mail could not be delivered');
  expect(lines.join('\n')).not.toContain(email);
});
