import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { About } from '../../../shared/portal-api/about.ts';
import type { RequestEntry } from '../options.ts';
import { failureResponse, PortalFailure } from '../portal-failure.ts';
import { addAccountRoutes } from './account-routes.ts';
import { addCatalogueRoutes } from './catalogue-routes.ts';
import { addFileRoutes } from './file-routes.ts';
import type { FileRouteDeps } from './file-routes.ts';
import { landingPage } from './landing-page.ts';
import type { PortalApp, PortalEnv } from './portal-env.ts';

const largestBodyBytes = 64 * 1024;

/** What the app stands on. */
export interface AppDeps extends FileRouteDeps {
  readonly about: () => About;
  readonly log: (line: string) => void;
  readonly onRequest?: ((entry: RequestEntry) => void) | undefined;
}

/** Builds the whole HTTP side: routes, their description, and one shape for every refusal. */
export function createApp(deps: AppDeps): PortalApp {
  const app: PortalApp = new OpenAPIHono<PortalEnv>({
    defaultHook(result) {
      if (result.success) return undefined;
      const issue = result.error.issues[0];
      const where = issue === undefined || issue.path.length === 0 ? 'the request' : issue.path.join('.');
      const why = issue?.message ?? 'not valid';
      return failureResponse(new PortalFailure('BAD_REQUEST', `Not understood at ${where}: ${why}.`));
    },
  });
  addObserver(app, deps);
  app.use(
    '/api/*',
    bodyLimit({
      maxSize: largestBodyBytes,
      onError: () => failureResponse(new PortalFailure('BODY_TOO_LARGE', 'The body is larger than 64 kB.')),
    }),
  );
  app.notFound(() => failureResponse(new PortalFailure('NOT_FOUND', 'There is nothing at this address.')));
  app.onError((error) => failureResponse(classify(error, deps.log)));
  addCatalogueRoutes(app, deps);
  addAccountRoutes(app, deps.accounts);
  addFileRoutes(app, deps);
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', { type: 'http', scheme: 'bearer' });
  const { name, demo } = deps.about();
  app.doc('/openapi.json', { openapi: '3.0.3', info: { title: name, version: '1' } });
  app.get('/', (c) => c.html(landingPage(name, demo)));
  return app;
}

/** Sets what every answer carries and tells about each request once its body has left. */
function addObserver(app: PortalApp, deps: AppDeps): void {
  app.use('*', async (c, next) => {
    await next();
    // The portal's own clock, which tests move; a client measures its skew against this header.
    c.res.headers.set('date', new Date(deps.now()).toUTCString());
    c.res.headers.set('x-content-type-options', 'nosniff');
    if (c.req.path.startsWith('/api/v1/account/')) c.res.headers.set('cache-control', 'no-store');
    deps.counters.requests += 1;
    const { onRequest } = deps;
    if (onRequest === undefined) return;
    const range = c.req.header('range');
    const { method, path } = c.req;
    const entry = { method, path, status: c.res.status, ...(range === undefined ? {} : { range }) };
    const streamed = c.get('bodyEnd');
    if (streamed === undefined) onRequest({ ...entry, bytesSent: await shortBodyBytes(method, c.res) });
    else void streamed.then((bytesSent) => onRequest({ ...entry, bytesSent }));
  });
}

async function shortBodyBytes(method: string, answer: Response): Promise<number> {
  if (method === 'HEAD' || answer.body === null) return 0;
  return (await answer.clone().arrayBuffer()).byteLength;
}

function classify(error: unknown, log: (line: string) => void): PortalFailure {
  if (error instanceof PortalFailure) return error;
  if (error instanceof HTTPException && error.status < 500) {
    return new PortalFailure('BAD_REQUEST', 'The request could not be read.');
  }
  log(`a request failed: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown error'}`);
  return new PortalFailure('INTERNAL', 'The portal could not answer; its log says why.');
}
