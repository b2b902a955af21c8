import { randomBytes } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { MailText } from '../account/mail-texts.ts';
import type { SmtpOptions } from '../options.ts';

/** Sends mails after the answer that caused them, so that no answer takes longer because a mail is due. */
export interface Mailer {
  readonly kind: 'smtp' | 'folder';
  send(to: string, mail: MailText): void;
  /** Waits for the mails on their way. */
  settled(): Promise<void>;
  /** Waits for the mails on their way and lets go of the connection. */
  close(): Promise<void>;
}

/** What a mailer needs; without `smtp`, mails become .eml files in `folder`. */
export interface MailerDeps {
  readonly folder: string;
  readonly smtp?: SmtpOptions | undefined;
  readonly portalName: string;
  readonly now: () => number;
  readonly log: (line: string) => void;
  readonly onSent: () => void;
}

interface Message {
  readonly from: { name: string; address: string };
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly date: Date;
}

/** Makes a mailer over SMTP or over a folder. */
export async function createMailer(deps: MailerDeps): Promise<Mailer> {
  const from = deps.smtp?.from ?? 'no-reply@portal.example';
  const route = deps.smtp === undefined ? await folderRoute(deps.folder) : smtpRoute(deps.smtp);
  let queue: Promise<void> = Promise.resolve();
  const deliverAfter = async (earlier: Promise<void>, message: Message): Promise<void> => {
    await earlier;
    try {
      await route.deliver(message);
      deps.onSent();
    } catch (error) {
      // The person can ask for another code; the address stays out of the log.
      deps.log(`mail could not be delivered: ${error instanceof Error ? error.name : 'unknown error'}`);
    }
  };
  return {
    kind: deps.smtp === undefined ? 'folder' : 'smtp',
    send(to, mail) {
      const sender = { name: deps.portalName, address: from };
      const message = { from: sender, to, ...mail, date: new Date(deps.now()) };
      queue = deliverAfter(queue, message);
    },
    settled: () => queue,
    async close() {
      await queue;
      route.close();
    },
  };
}

interface Route {
  deliver(message: Message): Promise<void>;
  close(): void;
}

function smtpRoute(smtp: SmtpOptions): Route {
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.secure ?? false,
    connectionTimeout: 10_000,
    socketTimeout: 20_000,
    ...(smtp.user === undefined ? {} : { auth: { user: smtp.user, pass: smtp.pass ?? '' } }),
  });
  return {
    async deliver(message) {
      await transport.sendMail(message);
    },
    close: () => transport.close(),
  };
}

async function folderRoute(folder: string): Promise<Route> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  let written = 0;
  return {
    async deliver(message) {
      const composed = await composer.sendMail(message);
      if (!Buffer.isBuffer(composed.message)) throw new Error('the composed mail is not a buffer');
      written += 1;
      // Names sort by time, then by order within the millisecond; the random part keeps two portals apart.
      const stamp = message.date.getTime().toString().padStart(14, '0');
      const order = written.toString().padStart(6, '0');
      const name = `${stamp}-${order}-${randomBytes(3).toString('hex')}.eml`;
      const temporary = join(folder, `.${name}.tmp`);
      const file = await open(temporary, 'wx', 0o600);
      try {
        await file.writeFile(composed.message);
      } finally {
        await file.close();
      }
      await rename(temporary, join(folder, name));
    },
    close: () => composer.close(),
  };
}
