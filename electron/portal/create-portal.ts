import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { About } from '../../shared/portal-api/about.ts';
import { passwordRule } from '../../shared/portal-api/password-rule.ts';
import { createAccountRepo } from './account/account-repo.ts';
import { createAccounts } from './account/accounts.ts';
import { createCodeRepo } from './account/code-repo.ts';
import { codeLifetimeMs, createCodes } from './account/codes.ts';
import { createLoginBackoff } from './account/login-failure-repo.ts';
import { createSessionRepo } from './account/session-repo.ts';
import { createCatalogueRepo } from './catalogue/catalogue-repo.ts';
import { createCatalogue } from './catalogue/catalogue.ts';
import { createEventRepo } from './catalogue/event-repo.ts';
import { createFileRepo } from './catalogue/file-repo.ts';
import { createMediaMaker, sweepMediaCache } from './demo/make-media.ts';
import { findMediaTools } from './demo/media-tools.ts';
import { seedDemo } from './demo/seed-demo.ts';
import { createSignedLinks } from './files/signed-links.ts';
import { createApp } from './http/create-app.ts';
import { listen } from './http/listen.ts';
import { createMailer } from './mail/mailer.ts';
import type { Mailer } from './mail/mailer.ts';
import type { Portal, PortalCounters, PortalOptions } from './options.ts';
import { createMetaRepo } from './storage/meta-repo.ts';
import { openPortalDb } from './storage/open-portal-db.ts';
import type { PortalDb } from './storage/open-portal-db.ts';
import { openPortalKeys } from './storage/portal-keys.ts';

const defaultLinkLifetimeMs = 15 * 60_000;
const defaultSessionLifetimeMs = 12 * 60 * 60_000;
const defaultName = 'Meridian Compact Multimedia (demo)';
const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * Starts a portal: opens its state, makes what the demo lacks, and listens.
 *
 * Resolves when requests are answered. With `signal` a start that still makes media can be given up.
 */
export async function createPortal(options: PortalOptions): Promise<Portal> {
  const dir = resolve(options.dir);
  const db = openPortalDb(dir);
  const counters: PortalCounters = {
    requests: 0,
    linksIssued: 0,
    fileBytesSent: 0,
    mailsSent: 0,
    openFileBodies: 0,
  };
  let mailer: Mailer | undefined;
  try {
    const mailboxDir = join(dir, 'mailbox');
    mailer = await createMailer({
      folder: mailboxDir,
      smtp: options.smtp,
      portalName: options.name ?? defaultName,
      now: options.now ?? Date.now,
      log: options.log ?? silent,
      onSent() {
        counters.mailsSent += 1;
      },
    });
    return await openPortal({ options, dir, db, counters, mailer, mailboxDir });
  } catch (error) {
    await mailer?.close();
    db.close();
    throw error;
  }
}

interface Opened {
  readonly options: PortalOptions;
  readonly dir: string;
  readonly db: PortalDb;
  readonly counters: PortalCounters;
  readonly mailer: Mailer;
  readonly mailboxDir: string;
}

async function openPortal(opened: Opened): Promise<Portal> {
  const { options, dir, db, counters, mailer, mailboxDir } = opened;
  const now = options.now ?? Date.now;
  const host = options.host ?? '127.0.0.1';
  const keys = openPortalKeys(dir);
  const meta = createMetaRepo(db);
  const instanceId = meta.once('instance_id', randomUUID);
  const catalogueRepo = createCatalogueRepo(db);
  const events = createEventRepo(db);
  const files = createFileRepo(db);
  const seededAtMs = Number(meta.once('seeded_at_ms', () => String(now())));
  await seed({ opened, catalogueRepo, events, files, seededAtMs });

  const catalogue = createCatalogue({ db, repo: catalogueRepo, events, portal: instanceId, now });
  const portalName = options.name ?? defaultName;
  const sessionLifetimeMs = options.sessionLifetimeMs ?? defaultSessionLifetimeMs;
  const accounts = createAccounts({
    repo: createAccountRepo(db),
    codes: createCodes({ repo: createCodeRepo(db), keys, now }),
    sessions: createSessionRepo({ db, lifetimeMs: sessionLifetimeMs, now }),
    backoff: createLoginBackoff(db, now),
    keys,
    mailer,
    portalName,
    now,
  });
  const showsMailbox = mailer.kind === 'folder' && loopbackHosts.has(host);
  const about = (): About => ({
    product: 'rushes-portal',
    apiVersion: 1,
    name: portalName,
    instanceId,
    demo: true,
    mail: mailer.kind,
    ...(showsMailbox ? { mailbox: mailboxDir } : {}),
    passwordRule: { minLength: passwordRule.minLength, text: passwordRule.text },
    codeLifetimeMs,
    nowMs: now(),
  });
  const links = createSignedLinks({ keys, lifetimeMs: options.linkLifetimeMs ?? defaultLinkLifetimeMs, now });
  const app = createApp({
    accounts,
    catalogue,
    files,
    links,
    counters,
    bytesPerSecond: options.throttleBytesPerSecond,
    now,
    about,
    log: options.log ?? silent,
    onRequest: options.onRequest,
  });
  const listener = await listen(app, { host, port: options.port ?? 0 });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await listener.close();
    await mailer.close();
    db.close();
  };
  return {
    url: listener.url,
    instanceId,
    mailboxDir,
    counters,
    revokeSessions: (email) => accounts.revokeSessions(email),
    withdrawAsset: (assetId) => catalogue.withdraw(assetId),
    touchAsset: (assetId, patch = {}) => catalogue.touch(assetId, patch),
    mailsSettled: () => mailer.settled(),
    close: () => (closing ??= close()),
  };
}

async function seed(job: {
  opened: Opened;
  catalogueRepo: ReturnType<typeof createCatalogueRepo>;
  events: ReturnType<typeof createEventRepo>;
  files: ReturnType<typeof createFileRepo>;
  seededAtMs: number;
}): Promise<void> {
  const { options, dir, db } = job.opened;
  const cacheDir = resolve(options.mediaCacheDir ?? join(dir, 'media'));
  await mkdir(cacheDir, { recursive: true });
  // File times are real times, whatever clock the portal was given.
  await sweepMediaCache(cacheDir, Date.now());
  const signal = options.signal ?? new AbortController().signal;
  await seedDemo({
    db,
    catalogue: job.catalogueRepo,
    events: job.events,
    files: job.files,
    maker: createMediaMaker({ cacheDir, ...findMediaTools(), signal }),
    seededAtMs: job.seededAtMs,
    now: options.now ?? Date.now,
    items: options.items,
    onProgress: options.onProgress ?? silent,
  });
}

function silent(): void {
  // Nobody asked to be told.
}
