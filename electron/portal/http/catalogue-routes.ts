import { createHash } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import { aboutSchema } from '../../../shared/portal-api/about.ts';
import type { About } from '../../../shared/portal-api/about.ts';
import { assetIdSchema, assetSchema } from '../../../shared/portal-api/asset.ts';
import {
  assetListQuerySchema,
  assetPageSchema,
  eventListSchema,
} from '../../../shared/portal-api/catalogue.ts';
import { portalPaths } from '../../../shared/portal-api/paths.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { matchesEtag } from '../files/file-answer.ts';
import type { PortalApp } from './portal-env.ts';
import { jsonAnswer, refusal } from './route-answers.ts';

const tags = ['catalogue'];
const unchanged = { 304: { description: 'Unchanged since the answer with the ETag of If-None-Match.' } };

/** Adds the routes that everybody may read without an account. */
export function addCatalogueRoutes(app: PortalApp, deps: { catalogue: Catalogue; about: () => About }): void {
  const { catalogue } = deps;
  const about = createRoute({
    method: 'get',
    path: portalPaths.about,
    tags,
    summary: 'What this server is',
    responses: { 200: jsonAnswer('About this portal.', aboutSchema) },
  });
  app.openapi(about, (c) => c.json(deps.about(), 200));

  const list = createRoute({
    method: 'get',
    path: portalPaths.assets,
    tags,
    summary: 'List assets, all or those that changed',
    description: 'The ETag covers everything but `nowMs`; the Date header tells the time of a 304.',
    request: { query: assetListQuerySchema },
    responses: {
      200: jsonAnswer('One page.', assetPageSchema),
      400: refusal('BAD_REQUEST', 'CURSOR_INVALID'),
      ...unchanged,
    },
  });
  app.openapi(list, (c) => {
    const page = catalogue.list(c.req.valid('query'));
    const etag = etagOf({ ...page, nowMs: 0 });
    c.header('etag', etag);
    c.header('cache-control', 'no-cache');
    return matchesEtag(c.req.header('if-none-match'), etag) ? c.body(null, 304) : c.json(page, 200);
  });

  const one = createRoute({
    method: 'get',
    path: '/api/v1/assets/{id}',
    tags,
    summary: 'One asset; a withdrawn one answers as a tombstone',
    request: { params: z.object({ id: assetIdSchema }) },
    responses: { 200: jsonAnswer('The asset.', assetSchema), 404: refusal('NOT_FOUND'), ...unchanged },
  });
  app.openapi(one, (c) => {
    const asset = catalogue.find(c.req.valid('param').id);
    const etag = etagOf(asset);
    c.header('etag', etag);
    c.header('cache-control', 'no-cache');
    return matchesEtag(c.req.header('if-none-match'), etag) ? c.body(null, 304) : c.json(asset, 200);
  });

  const events = createRoute({
    method: 'get',
    path: portalPaths.events,
    tags,
    summary: 'All events, latest first',
    responses: { 200: jsonAnswer('The events.', eventListSchema), ...unchanged },
  });
  app.openapi(events, (c) => {
    const found = catalogue.events();
    const etag = etagOf(found);
    c.header('etag', etag);
    c.header('cache-control', 'no-cache');
    return matchesEtag(c.req.header('if-none-match'), etag) ? c.body(null, 304) : c.json(found, 200);
  });
}

function etagOf(value: unknown): string {
  return `"${createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 32)}"`;
}
