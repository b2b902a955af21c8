import { extname } from 'node:path';
import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { renditionLinkSchema } from '../../../shared/portal-api/link.ts';
import type { Accounts } from '../account/accounts.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { FileRepo, StoredFile } from '../catalogue/file-repo.ts';
import { answerFile } from '../files/file-answer.ts';
import type { AnsweredFile } from '../files/file-answer.ts';
import type { SignedLinks } from '../files/signed-links.ts';
import type { PortalCounters } from '../options.ts';
import { PortalFailure } from '../portal-failure.ts';
import type { PortalApp, PortalEnv } from './portal-env.ts';
import { bearerToken, jsonAnswer, refusal } from './route-answers.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.mov': 'video/quicktime',
  '.mxf': 'application/mxf',
  '.jpg': 'image/jpeg',
};

/** What the file routes stand on. */
export interface FileRouteDeps {
  readonly accounts: Accounts;
  readonly catalogue: Catalogue;
  readonly files: FileRepo;
  readonly links: SignedLinks;
  readonly counters: PortalCounters;
  readonly bytesPerSecond: number | undefined;
  readonly now: () => number;
}

/** Adds the routes that hand out links, files and pictures. */
export function addFileRoutes(app: PortalApp, deps: FileRouteDeps): void {
  addLinkRoute(app, deps);
  addBytesRoute(app, deps);
  addPictureRoute(app, deps);
}

function addLinkRoute(app: PortalApp, deps: FileRouteDeps): void {
  const link = createRoute({
    method: 'post',
    path: '/api/v1/renditions/{id}/link',
    tags: ['files'],
    security: [{ session: [] }],
    summary: 'A fresh link to one file',
    request: { params: z.object({ id: z.string().max(80) }) },
    responses: {
      200: jsonAnswer('A link that expires.', renditionLinkSchema),
      401: refusal('SESSION_ENDED'),
      403: refusal('ACCOUNT_UNVERIFIED', 'NOT_RELEASED'),
      404: refusal('NOT_FOUND'),
      410: refusal('WITHDRAWN'),
    },
  });
  app.openapi(link, (c) => {
    const { account } = deps.accounts.requireSession(bearerToken(c.req.header('authorization')));
    if (account.verified === 0) {
      throw new PortalFailure(
        'ACCOUNT_UNVERIFIED',
        'The account is not verified yet; enter the code from the mail.',
      );
    }
    const file = requireReleased(deps, c.req.valid('param').id);
    const { path, expiresAtMs } = deps.links.sign({ renditionId: file.id, fileName: file.fileName });
    deps.counters.linksIssued += 1;
    c.header('cache-control', 'no-store');
    const { fileName, sizeBytes, sha256 } = file;
    const url = new URL(path, c.req.url).href;
    return c.json(
      { url, expiresAtMs, nowMs: deps.now(), fileName, sizeBytes, sha256, etag: `"${sha256}"` },
      200,
    );
  });
}

function addBytesRoute(app: PortalApp, deps: FileRouteDeps): void {
  const bytes = createRoute({
    method: 'get',
    path: '/files/{renditionId}/{fileName}',
    tags: ['files'],
    summary: 'The bytes behind a link, whole or one range',
    request: {
      params: z.object({ renditionId: z.string().max(80), fileName: z.string().max(200) }),
      query: z.object({ expires: z.string().max(20).optional(), signature: z.string().max(100).optional() }),
    },
    responses: {
      200: { description: 'The whole file.' },
      206: { description: 'The range asked for.' },
      304: { description: 'Unchanged.' },
      403: refusal('LINK_EXPIRED', 'LINK_INVALID', 'NOT_RELEASED'),
      404: refusal('NOT_FOUND'),
      410: refusal('WITHDRAWN'),
      416: refusal('RANGE_INVALID'),
    },
  });
  app.openapi(bytes, (c) => {
    const { renditionId, fileName } = c.req.valid('param');
    const { expires = '', signature = '' } = c.req.valid('query');
    // First the signature: without one, nothing is told about what exists.
    deps.links.check({ renditionId, fileName }, { expires, signature });
    const file = requireReleased(deps, renditionId);
    return send(c, deps, {
      path: file.storedPath,
      fileName: file.fileName,
      contentType: contentTypes[extname(file.fileName)] ?? 'application/octet-stream',
      etag: `"${file.sha256}"`,
    });
  });
}

function addPictureRoute(app: PortalApp, deps: FileRouteDeps): void {
  const picture = createRoute({
    method: 'get',
    path: '/pictures/{fileName}',
    tags: ['files'],
    summary: 'The picture of an asset, as <asset id>.jpg',
    request: { params: z.object({ fileName: z.string().regex(/^[1-9]\d{0,15}\.jpg$/) }) },
    responses: {
      200: { description: 'A JPEG, 480 pixels wide.' },
      304: { description: 'Unchanged.' },
      404: refusal('NOT_FOUND'),
    },
  });
  app.openapi(picture, async (c) => {
    const { fileName } = c.req.valid('param');
    const found = deps.files.findPicture(fileName.slice(0, -'.jpg'.length));
    if (found === undefined) throw new PortalFailure('NOT_FOUND', 'There is no such picture.');
    const answer = await send(c, deps, {
      path: found.storedPath,
      fileName,
      contentType: 'image/jpeg',
      etag: `"${found.sha256}"`,
    });
    answer.headers.set('cache-control', 'public, max-age=604800');
    answer.headers.delete('content-disposition');
    return answer;
  });
}

/** Finds a file whose asset may be downloaded now; a link made earlier does not outlive its release. */
function requireReleased(deps: FileRouteDeps, renditionId: string): StoredFile {
  const file = deps.files.findFile(renditionId);
  if (file === undefined) throw new PortalFailure('NOT_FOUND', 'There is no such rendition.');
  const { status } = deps.catalogue.find(file.assetId);
  if (status === 'withdrawn')
    throw new PortalFailure('WITHDRAWN', 'The asset was withdrawn by its publisher.');
  if (status !== 'usable') throw new PortalFailure('NOT_RELEASED', 'The asset is not released.');
  return file;
}

function send(c: Context<PortalEnv>, deps: FileRouteDeps, file: AnsweredFile): Promise<Response> {
  const conditions = {
    method: c.req.method,
    range: c.req.header('range'),
    ifRange: c.req.header('if-range'),
    ifNoneMatch: c.req.header('if-none-match'),
  };
  const { counters } = deps;
  return answerFile(file, conditions, {
    bytesPerSecond: deps.bytesPerSecond,
    onBytes(count) {
      counters.fileBytesSent += count;
    },
    onBody(ended) {
      counters.openFileBodies += 1;
      c.set(
        'bodyEnd',
        ended.finally(() => {
          counters.openFileBodies -= 1;
        }),
      );
    },
  });
}
