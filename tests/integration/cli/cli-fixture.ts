import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { assetDetail, syncSummary } from '../../../shared/contract/catalogue.ts';
import { download } from '../../../shared/contract/downloads.ts';
import { hit } from '../../../shared/contract/search.ts';
import { source } from '../../../shared/contract/sources.ts';
import type { Portal, PortalOptions } from '../../../electron/portal/options.ts';
import { assetPageSchema } from '../../../shared/portal-api/catalogue.ts';
import { portalPaths } from '../../../shared/portal-api/paths.ts';
import { goodPassword, makeAccount, send, startPortal } from '../../support/portal.ts';
import { rushesJson, type RunOptions } from '../../support/run-rushes.ts';
import { tempDir } from '../../support/temp.ts';

/** The document of the commands that download. */
export const downloadsDocument = z.object({
  downloads: z.array(download.extend({ reason: z.string().optional() })),
});
/** The document of `account …`. */
export const accountDocument = z.object({
  state: z.enum(['signed-out', 'unverified', 'signed-in']),
  email: z.string().nullable(),
  codeExpiresAt: z.iso.datetime().optional(),
});
/** The document of `search`. */
export const searchDocument = z.object({
  total: z.number(),
  items: z.array(hit),
  cursor: z.string().nullable(),
  ms: z.number(),
});
export { syncSummary as syncDocument };
/** The documents of `source …`. */
export const sourceDocument = source;
/** The document of `show ASSET`. */
export const assetDocument = assetDetail.extend({ kind: z.literal('asset') });

export const email = 'desk@newsroom.example';

/** A home of this test alone, with a download folder of its own. */
export function aHome(): RunOptions {
  const dir = tempDir();
  return { home: join(dir, 'home'), env: { RUSHES_DOWNLOADS: join(dir, 'downloads') } };
}

/** A portal in this process that ends with the test. */
export async function aPortal(options: Partial<PortalOptions> = {}): Promise<Portal> {
  const portal = await startPortal(options);
  onTestFinished(() => portal.close());
  return portal;
}

/** A home that is signed in to a portal and synced. */
export async function signedIn(portal: Portal): Promise<RunOptions> {
  const at = aHome();
  await makeAccount(portal, email);
  await rushesJson(['source', 'add', portal.url], source, at);
  const login = ['account', 'login', '--email', email, '--password-stdin'];
  await rushesJson(login, accountDocument, { ...at, input: `${goodPassword}\n` });
  await rushesJson(['sync'], syncSummary, at);
  return at;
}

/** The asset with the largest file that the portal offers: long enough to be interrupted. */
export async function largestAsset(portal: Portal, at: RunOptions) {
  const page = assetPageSchema.parse((await send(portal, `${portalPaths.assets}?limit=50`)).body);
  const open = page.items.filter(({ status }) => status === 'usable');
  const sizeOf = (asset: (typeof open)[number]): number =>
    Math.max(0, ...asset.renditions.map(({ sizeBytes }) => sizeBytes ?? 0));
  const title = open.sort((a, b) => sizeOf(b) - sizeOf(a))[0]?.title ?? '';
  const { items } = await rushesJson(['search', '', '--in', 'catalogue'], searchDocument, at);
  const id = items.find((item) => item.title === title)?.id;
  if (id === undefined) throw new Error(`the catalogue has no "${title}"`);
  return rushesJson(['show', id], assetDocument, at);
}

/** The SHA-256 of a file. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
